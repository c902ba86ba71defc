package dev.reprise.rollout;

import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which disruption budgets keep a restart from moving: one that evicts pods, as {@code restartAt}
 * does. A new revision deletes them, and no budget counts there.
 */
final class BudgetBlockers {

  private BudgetBlockers() {}

  static Stream<Blocker> of(Trigger trigger, PodsByAge pods, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> Stream.of();
      case RestartAt, Eviction ->
          pods.stillRunningBefore() == 0 ? Stream.of() : ofEvictions(pods, state);
    };
  }

  private static Stream<Blocker> ofEvictions(PodsByAge pods, WorkloadState state) {
    List<BudgetSnapshot> budgets = state.budgets();
    if (budgets.size() > 1) {
      return Stream.of(several(budgets, state));
    }
    return isUnderWay(pods)
        ? Stream.of()
        : budgets.stream()
            .filter(budget -> hasNoRoom(budget, pods))
            .flatMap(budget -> ofNoRoom(budget, pods, state));
  }

  /** The pods that are not ready come first; one that may go all the same is on its way. */
  private static Stream<Blocker> ofNoRoom(
      BudgetSnapshot budget, PodsByAge pods, WorkloadState state) {
    List<PodSnapshot> unready =
        EvictionOrder.of(state.workload(), pods.before()).stream()
            .filter(pod -> !pod.ready())
            .toList();
    if (unready.isEmpty()) {
      return Stream.of(noRoom(budget));
    }
    return unready.stream().anyMatch(budget::allows)
        ? Stream.of()
        : Stream.of(noRoomForUnready(budget, unready.getFirst()));
  }

  /** Those that forbid the eviction of pods though these are not ready. */
  static Stream<Blocker> ofUnready(List<PodSnapshot> pods, WorkloadState state) {
    List<BudgetSnapshot> budgets = state.budgets();
    return budgets.size() > 1
        ? pods.stream().limit(1).map(_ -> several(budgets, state))
        : budgets.stream()
            .flatMap(budget ->
                pods.stream()
                    .filter(pod -> !budget.allows(pod))
                    .limit(1)
                    .map(pod -> noRoomForUnready(budget, pod)));
  }

  private static Blocker noRoomForUnready(BudgetSnapshot budget, PodSnapshot pod) {
    return new Blocker(
        "DisruptionBudget",
        "PodDisruptionBudget " + budget.name(),
        "It does not allow the eviction of pod %s, though that is not ready: %d of its pods are ready and %d must be; unhealthyPodEvictionPolicy AlwaysAllow would allow it"
            .formatted(pod.name(), budget.currentHealthy(), budget.desiredHealthy()),
        describe(budget));
  }

  /** A pod on its way takes up what the budget allows, and gives it back. */
  private static boolean isUnderWay(PodsByAge pods) {
    return pods.before().stream().anyMatch(PodSnapshot::terminating)
        || pods.since().stream().anyMatch(pod -> !pod.ready());
  }

  /** While it counts fewer pods than are ready, its controller has yet to look. */
  private static boolean hasNoRoom(BudgetSnapshot budget, PodsByAge pods) {
    long ready =
        Stream.concat(pods.before().stream(), pods.since().stream())
            .filter(PodSnapshot::ready)
            .count();
    return budget.disruptionsAllowed() == 0 && budget.currentHealthy() >= ready;
  }

  private static Blocker noRoom(BudgetSnapshot budget) {
    return new Blocker(
        "DisruptionBudget",
        "PodDisruptionBudget " + budget.name(),
        "It allows no eviction: %d of its pods are ready and %d must stay so"
            .formatted(budget.currentHealthy(), budget.desiredHealthy()),
        describe(budget));
  }

  /** Eviction answers 500 then, Argo's controller tries for ever, and its phase says Healthy. */
  private static Blocker several(List<BudgetSnapshot> budgets, WorkloadState state) {
    BudgetSnapshot first = budgets.getFirst();
    return new Blocker(
        "SeveralBudgets",
        "PodDisruptionBudget " + first.name(),
        "%d budgets are about the pods of %s, and the API server evicts no pod that has more than one"
            .formatted(budgets.size(), state.workload().ref()),
        "kubectl get poddisruptionbudgets -n " + first.namespace());
  }

  private static String describe(BudgetSnapshot budget) {
    return "kubectl describe poddisruptionbudget " + budget.name() + " -n " + budget.namespace();
  }
}
