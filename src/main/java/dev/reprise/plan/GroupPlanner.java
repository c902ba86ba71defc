package dev.reprise.plan;

import dev.reprise.plan.RestartPlan.NothingToRestart;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.ConfigUsers;
import dev.reprise.workload.RestartPolicy;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Chooses the members of a group, and how each of them is restarted. Keeps nothing. */
public final class GroupPlanner {

  private final RestartPlanner planner;

  public GroupPlanner(RestartPlanner planner) {
    this.planner = planner;
  }

  /** By name, and of the same name by kind. */
  public static <T> Comparator<T> byName(Function<T, WorkloadRef> target) {
    return Comparator.comparing(target, Comparator.comparing(WorkloadRef::name))
        .thenComparing(target, Comparator.comparing(WorkloadRef::kind));
  }

  /**
   * The plan for those of the workloads that are selected. A Deployment that Rollouts take their
   * pod template from counts as these Rollouts, each once: theirs are the pods.
   *
   * @param namespace all workloads of a namespace, each with its budgets and references
   */
  public GroupPlan plan(
      Collection<WorkloadState> namespace,
      WorkloadSelection selection,
      Strategy strategy,
      boolean acceptDowntime) {
    List<GroupPlan.Member> members = new ArrayList<>();
    List<GroupPlan.Refused> refused = new ArrayList<>();
    List<GroupPlan.Skipped> skipped = new ArrayList<>();
    List<WorkloadState> selected = selected(namespace, selection);
    Set<String> shared = sharedBudgets(selected);
    for (WorkloadState state : selected) {
      WorkloadRef target = state.workload().ref();
      if (isOutOfGroups(state)) {
        skipped.add(outOfGroups(target));
        continue;
      }
      switch (planner.plan(state, Surroundings.NOT_ASKED, strategy, acceptDowntime)) {
        case Proceed plan ->
            members.add(
                new GroupPlan.Member(
                    target, plan, names(state).stream().filter(shared::contains).toList()));
        case RestartPlan.Refused plan -> refused.add(new GroupPlan.Refused(target, plan));
        case NothingToRestart(String message) ->
            skipped.add(new GroupPlan.Skipped(target, "NothingToRestart", message));
      }
    }
    return new GroupPlan(members, refused, skipped);
  }

  private static List<WorkloadState> selected(
      Collection<WorkloadState> namespace, WorkloadSelection selection) {
    Map<WorkloadRef, WorkloadState> known =
        namespace.stream()
            .collect(Collectors.toMap(state -> state.workload().ref(), Function.identity()));
    ConfigUsers users = ConfigUsers.of(namespace.stream().map(WorkloadState::workload).toList());
    Map<WorkloadRef, WorkloadState> selected = new LinkedHashMap<>();
    for (WorkloadState state : namespace) {
      if (selection.selects(state.workload(), users)) {
        for (WorkloadRef owner : RestartPlanner.ownersOfPods(state)) {
          selected.put(owner, known.getOrDefault(owner, state));
        }
      }
    }
    return selected.values().stream()
        .sorted(byName((WorkloadState state) -> state.workload().ref()))
        .toList();
  }

  /** By the owner's word on the workload, or on the Deployment that its pods are made from. */
  private static boolean isOutOfGroups(WorkloadState state) {
    var referenced = state.references().referenced();
    return state.workload().metadata().restartPolicy() == RestartPolicy.NeverInGroups
        || (referenced != null
            && referenced.metadata().restartPolicy() == RestartPolicy.NeverInGroups);
  }

  private static GroupPlan.Skipped outOfGroups(WorkloadRef target) {
    return new GroupPlan.Skipped(
        target,
        RestartPolicy.NeverInGroups.name(),
        "The owner of %s keeps it out of groups (annotation %s)"
            .formatted(target, RestartPolicy.ANNOTATION));
  }

  /** Those that are about pods of two of them or more. */
  private static Set<String> sharedBudgets(List<WorkloadState> selected) {
    Map<String, Integer> users = new HashMap<>();
    selected.forEach(state -> names(state).forEach(name -> users.merge(name, 1, Integer::sum)));
    Set<String> shared = new HashSet<>();
    users.forEach((name, count) -> {
      if (count > 1) {
        shared.add(name);
      }
    });
    return shared;
  }

  private static Set<String> names(WorkloadState state) {
    return state.budgets().stream()
        .map(BudgetSnapshot::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
