package dev.reprise.restart;

import dev.reprise.plan.GroupPlan;
import dev.reprise.plan.GroupPlanner;
import dev.reprise.plan.RestartPlan;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans groups of what their caller may restart. A workload that they may not restart, but read
 * with kubectl, is one that would be refused; any other does not exist for them. Safe for use by
 * many threads.
 */
public final class PermittedGroups {

  private final GroupPlanner planner;
  private final Access access;

  public PermittedGroups(GroupPlanner planner, Access access) {
    this.planner = planner;
    this.access = access;
  }

  /**
   * The plan as a group of this kind goes by it.
   *
   * @param states of all workloads of its namespace
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us ask what the caller may do
   */
  public GroupPlan plan(Collection<WorkloadState> states, GroupSpec spec) {
    GroupPlan plan =
        permitted(
            planner.plan(states, spec.selection(), spec.strategy(), spec.acceptDowntime()),
            states,
            spec.requestedBy());
    return spec.skipRefused() ? plan.skippingRefused() : plan;
  }

  /**
   * Lets those pass who may be told that nothing is selected, or that there is no such namespace.
   *
   * @throws Forbidden to all others
   */
  public void requireSome(String namespace, GroupSpec spec) {
    Set<WorkloadKind> kinds = spec.selection().kinds();
    access.requireAny(
        spec.requestedBy(),
        namespace,
        kinds.isEmpty() ? List.of(WorkloadKind.values()) : List.copyOf(kinds));
  }

  private GroupPlan permitted(GroupPlan plan, Collection<WorkloadState> states, Caller caller) {
    Map<WorkloadRef, WorkloadState> known =
        states.stream()
            .collect(Collectors.toMap(state -> state.workload().ref(), Function.identity()));
    Set<WorkloadRef> allowed =
        access.restartable(
            caller,
            Stream.concat(
                    targets(plan),
                    plan.members().stream().flatMap(member -> concerned(member, known).stream()))
                .toList());
    Set<WorkloadRef> denied = targets(plan).collect(Collectors.toCollection(HashSet::new));
    denied.removeAll(allowed);
    plan.members().stream()
        .filter(member -> !allowed.containsAll(concerned(member, known)))
        .forEach(member -> denied.add(member.target()));
    return denied.isEmpty() ? plan : without(denied, access.readable(caller, denied), plan, caller);
  }

  private static Set<WorkloadRef> concerned(
      GroupPlan.Member member, Map<WorkloadRef, WorkloadState> known) {
    WorkloadState state = known.get(member.target());
    return state == null ? Set.of(member.target()) : Access.concerned(member.plan(), state);
  }

  private static Stream<WorkloadRef> targets(GroupPlan plan) {
    return Stream.of(
            plan.members().stream().map(GroupPlan.Member::target),
            plan.refused().stream().map(GroupPlan.Refused::target),
            plan.skipped().stream().map(GroupPlan.Skipped::target))
        .flatMap(Function.identity());
  }

  private GroupPlan without(
      Set<WorkloadRef> denied, Set<WorkloadRef> readable, GroupPlan plan, Caller caller) {
    List<GroupPlan.Refused> refused = new ArrayList<>();
    plan.refused().stream()
        .filter(member -> !denied.contains(member.target()))
        .forEach(refused::add);
    Stream.concat(
            plan.members().stream().map(GroupPlan.Member::target),
            plan.refused().stream().map(GroupPlan.Refused::target))
        .filter(target -> denied.contains(target) && readable.contains(target))
        .map(target -> new GroupPlan.Refused(target, forbidden(caller, target)))
        .forEach(refused::add);
    return new GroupPlan(
        plan.members().stream().filter(member -> !denied.contains(member.target())).toList(),
        refused.stream().sorted(GroupPlanner.byName(GroupPlan.Refused::target)).toList(),
        plan.skipped().stream()
            .filter(left -> !denied.contains(left.target()) || readable.contains(left.target()))
            .toList());
  }

  private RestartPlan.Refused forbidden(Caller caller, WorkloadRef target) {
    return RestartPlan.Refused.forbidden(
        "%s may not restart %s".formatted(caller.user(), target), access.needed(target));
  }
}
