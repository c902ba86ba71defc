package dev.reprise.reconcile;

import dev.reprise.plan.GroupPlan;
import dev.reprise.plan.GroupPlanner;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.restart.GroupStatus.Skipped;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartGroups;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WhenBusy;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** From Pending to recorded members. Nothing is restarted here. */
final class GroupBeginning {

  private final RestartStore restarts;
  private final WorkloadGateway workloads;
  private final GroupPlanner planner;
  private final GroupWriter writer;

  GroupBeginning(
      RestartStore restarts, WorkloadGateway workloads, GroupPlanner planner, GroupWriter writer) {
    this.restarts = restarts;
    this.workloads = workloads;
    this.planner = planner;
    this.writer = writer;
  }

  GroupStep step(RestartGroup group) {
    if (group.spec().cancel()) {
      return end(
          group, Phase.Cancelled, "CancelledBeforeStart", "Cancelled before anything was done");
    }
    Instant notBefore = group.spec().notBefore();
    if (notBefore != null && notBefore.isAfter(writer.now())) {
      return await(group, notBefore);
    }
    return switch (workloads.statesOf(group.key().namespace())) {
      case Listing.Missing<WorkloadState>(Reading.NoNamespace _) ->
          end(
              group,
              Phase.Failed,
              "NamespaceNotFound",
              "The namespace %s is gone or not covered".formatted(group.key().namespace()));
      case Listing.Found<WorkloadState>(List<WorkloadState> states) ->
          begin(group, RestartGroups.planOf(planner, states, group.spec()));
    };
  }

  private GroupStep await(RestartGroup group, Instant notBefore) {
    GroupStatus waiting = group.status().waitingForTime(notBefore);
    return waiting.equals(group.status())
        ? new GroupStep.Resting(new Step.Wait(Duration.between(writer.now(), notBefore)))
        : writer.write(group, waiting);
  }

  private GroupStep begin(RestartGroup group, GroupPlan plan) {
    if (plan.isEmpty()) {
      return end(
          group,
          Phase.Failed,
          "NothingSelected",
          "Nothing is selected by %s in namespace %s"
              .formatted(group.spec().selection().words(), group.key().namespace()));
    }
    if (plan.size() > GroupSpec.MOST_MEMBERS) {
      return end(
          group,
          Phase.Failed,
          "TooManySelected",
          "%d workloads are selected, and a group has at most %d members"
              .formatted(plan.size(), GroupSpec.MOST_MEMBERS));
    }
    if (!plan.refused().isEmpty()) {
      return refuse(group, plan);
    }
    List<Restart> busy =
        group.spec().whenBusy() == WhenBusy.Reject ? RestartGroups.busy(restarts, plan) : List.of();
    if (!busy.isEmpty()) {
      return end(group, Phase.Failed, "Busy", busy(busy));
    }
    List<Skipped> skipped = skipped(plan.skipped());
    if (plan.members().isEmpty()) {
      GroupStatus none = group.status().leavingOut(skipped);
      return writer.finish(
          group.with(none),
          Phase.Succeeded,
          "NothingToRestart",
          "None of the %d workloads has anything to restart".formatted(skipped.size()),
          none.counts());
    }
    return writer.write(group, group.status().begun(members(group, plan), skipped, writer.now()));
  }

  private GroupStep refuse(RestartGroup group, GroupPlan plan) {
    GroupStatus refused = group.status().leavingOut(skipped(plan.skippingRefused().skipped()));
    return writer.finish(
        group.with(refused),
        Phase.Failed,
        "MembersRefused",
        "%d of %d workloads can't be restarted, so none was; skipRefused leaves them out: %s"
            .formatted(
                plan.refused().size(),
                plan.size(),
                GroupStanding.someOf(
                    plan.refused().stream()
                        .map(one -> "%s (%s)".formatted(one.target(), one.plan().refusal().code()))
                        .toList())),
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

  private static List<Skipped> skipped(List<GroupPlan.Skipped> skipped) {
    return skipped.stream()
        .map(one -> new Skipped(one.target(), one.reason(), one.message()))
        .toList();
  }

  private GroupStep end(RestartGroup group, Phase phase, String reason, String message) {
    return writer.finish(group, phase, reason, message, GroupCounts.NONE);
  }
}
