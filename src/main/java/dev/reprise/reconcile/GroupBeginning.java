package dev.reprise.reconcile;

import dev.reprise.plan.GroupPlan;
import dev.reprise.restart.Forbidden;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupObstacle;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.PermittedGroups;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartGroups;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** From Pending to recorded members, of whom the first are triggered. */
final class GroupBeginning {

  private final RestartStore restarts;
  private final WorkloadGateway workloads;
  private final PermittedGroups permitted;
  private final GroupTriggering triggering;
  private final GroupWriter writer;

  GroupBeginning(
      RestartStore restarts,
      WorkloadGateway workloads,
      PermittedGroups permitted,
      GroupTriggering triggering,
      GroupWriter writer) {
    this.restarts = restarts;
    this.workloads = workloads;
    this.permitted = permitted;
    this.triggering = triggering;
    this.writer = writer;
  }

  GroupStep step(RestartGroup group) {
    if (group.spec().cancel()) {
      return writer.finish(
          group,
          Phase.Cancelled,
          "CancelledBeforeStart",
          "Cancelled before anything was done",
          GroupCounts.NONE);
    }
    Instant notBefore = group.spec().notBefore();
    if (notBefore != null && notBefore.isAfter(writer.now())) {
      return await(group, notBefore);
    }
    return switch (workloads.statesOf(group.key().namespace())) {
      case Listing.Missing<WorkloadState>(Reading.NoNamespace _) ->
          fail(
              group,
              "NamespaceNotFound",
              "The namespace %s is gone or not covered".formatted(group.key().namespace()));
      case Listing.Found<WorkloadState>(List<WorkloadState> states) ->
          begin(group, permitted.plan(states, group.spec()), states);
    };
  }

  private GroupStep await(RestartGroup group, Instant notBefore) {
    GroupStatus waiting = group.status().waitingForTime(notBefore);
    return waiting.equals(group.status())
        ? new GroupStep.Resting(new Step.Wait(Duration.between(writer.now(), notBefore)))
        : writer.write(group, waiting);
  }

  private GroupStep begin(RestartGroup group, GroupPlan plan, List<WorkloadState> states) {
    Optional<GroupObstacle.Binding> obstacle = RestartGroups.obstacle(restarts, group.spec(), plan);
    if (obstacle.isPresent()) {
      return giveUp(group, obstacle.get());
    }
    if (plan.members().isEmpty()) {
      GroupStatus none = group.status().leavingOut(plan.skipped());
      return writer.finish(
          group.with(none),
          Phase.Succeeded,
          "NothingToRestart",
          "None of the %d workloads has anything to restart".formatted(plan.size()),
          none.counts());
    }
    // Not before it was asked for: our clock may be up to a second behind the API server's.
    Instant now = Collections.max(List.of(writer.now(), group.requestedAt()));
    Map<WorkloadRef, WorkloadState> known =
        states.stream().collect(Collectors.toMap(state -> state.workload().ref(), state -> state));
    RestartGroup chosen =
        group.with(group.status().begun(members(group, plan), plan.skipped(), now));
    MemberSet first = GroupPursuit.next(chosen, GroupStanding.of(chosen, _ -> Optional.empty()));
    List<Member> decided = triggering.decide(chosen, first, plan, known, now);
    GroupStatus begun = group.status().begun(decided, plan.skipped(), now).admitting(first);
    GroupStep step = writer.write(group, begun);
    if (step instanceof GroupStep.Advanced(RestartGroup recorded)) {
      triggering.write(recorded, known);
    } else {
      triggering.giveUp(group.with(begun));
    }
    return step;
  }

  private GroupStep giveUp(RestartGroup group, GroupObstacle.Binding obstacle) {
    return switch (obstacle) {
      case GroupObstacle.NothingSelected(WorkloadSelection selection) ->
          nothingSelected(group, selection);
      case GroupObstacle.TooMany(int selected) ->
          fail(
              group,
              "TooManySelected",
              "%d workloads are selected, and a group has at most %d members"
                  .formatted(selected, GroupSpec.MOST_MEMBERS));
      case GroupObstacle.Refused(GroupPlan plan) -> refuse(group, plan);
      case GroupObstacle.Busy(List<Restart> others) -> fail(group, "Busy", busy(others));
    };
  }

  private GroupStep nothingSelected(RestartGroup group, WorkloadSelection selection) {
    try {
      permitted.requireSome(group.key().namespace(), group.spec());
    } catch (Forbidden forbidden) {
      return fail(group, "Forbidden", String.valueOf(forbidden.getMessage()));
    }
    return fail(
        group,
        "NothingSelected",
        "Nothing is selected by %s in namespace %s"
            .formatted(selection.words(), group.key().namespace()));
  }

  private GroupStep refuse(RestartGroup group, GroupPlan plan) {
    GroupStatus refused = group.status().leavingOut(plan.skippingRefused().skipped());
    return writer.finish(
        group.with(refused),
        Phase.Failed,
        "MembersRefused",
        "%d of %d workloads can't be restarted, so none was; skipRefused leaves them out: %s"
            .formatted(
                plan.refused().size(),
                plan.size(),
                GroupStanding.someOf(
                    plan.refused().stream().map(GroupPlan.Refused::words).toList())),
        refused.counts());
  }

  private static String busy(List<Restart> busy) {
    return "Other restarts are under way: "
        + GroupStanding.someOf(
            busy.stream()
                .map(other -> "%s (%s)".formatted(other.target(), other.key().name()))
                .toList());
  }

  private static List<Member> members(RestartGroup group, GroupPlan plan) {
    return plan.members().stream()
        .map(member -> group.member(member.target(), member.sharedBudgets()))
        .toList();
  }

  private GroupStep fail(RestartGroup group, String reason, String message) {
    return writer.finish(group, Phase.Failed, reason, message, GroupCounts.NONE);
  }
}
