package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to remark before pods are evicted, by Argo's controller or by us. */
final class EvictionFindings {

  private EvictionFindings() {}

  static Stream<Finding> of(Mechanism mechanism, WorkloadState state) {
    WorkloadSnapshot workload = state.workload();
    List<Finding> findings = new ArrayList<>();
    budgets(state).ifPresent(findings::add);
    switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> {}
      case ArgoRolloutSnapshot rollout -> addOfArgoRollout(findings, rollout);
    }
    switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> {}
      case RestartAt -> unreadyBlock(state).ifPresent(findings::add);
      case Eviction -> unready(state, workload).ifPresent(findings::add);
    }
    if (Findings.isUpdateUnderWay(workload)) {
      findings.add(
          Finding.info(
              Code.UpdateUnderWay,
              "An update of %s is under way; pods of all its revisions are recreated, each as its"
                      .formatted(workload.ref())
                  + " controller then makes it"));
    }
    return findings.stream();
  }

  /** With more than one on a pod the API server answers 500, to Argo and to us (A4). */
  private static Optional<Finding> budgets(WorkloadState state) {
    List<BudgetSnapshot> budgets = state.budgets();
    WorkloadSnapshot workload = state.workload();
    if (budgets.size() > 1) {
      return Optional.of(
          Finding.refusal(
              Code.SeveralBudgets,
              "%d disruption budgets are about the pods of %s (%s), and the API server evicts no pod that has more than one"
                  .formatted(
                      budgets.size(),
                      workload.ref(),
                      String.join(", ", budgets.stream().map(BudgetSnapshot::name).toList())),
              "Ask for strategy NewRevision, or leave one budget"));
    }
    return budgets.stream()
        .filter(budget -> budget.disruptionsAllowed() == 0)
        .filter(budget -> !isRoomComing(budget, state))
        .findFirst()
        .map(budget -> blocks(budget, workload));
  }

  /** Evicting the pods that are not ready, where that is allowed, gives room for the others. */
  private static boolean isRoomComing(BudgetSnapshot budget, WorkloadState state) {
    List<PodSnapshot> unready = unready(state).toList();
    return !budget.neverAllows() && !unready.isEmpty() && unready.stream().allMatch(budget::allows);
  }

  private static Finding blocks(BudgetSnapshot budget, WorkloadSnapshot workload) {
    return Finding.warning(
        Code.BudgetBlocksEviction,
        "PodDisruptionBudget %s lets no pod of %s go now: %d of %d are ready and %d must stay so"
            .formatted(
                budget.name(),
                workload.ref(),
                budget.currentHealthy(),
                budget.expectedPods(),
                budget.desiredHealthy()),
        budget.neverAllows()
            ? "Ask for strategy NewRevision, or lower the budget's minAvailable"
            : "Mend the pods that are not ready, or ask for strategy NewRevision");
  }

  private static void addOfArgoRollout(List<Finding> findings, ArgoRolloutSnapshot rollout) {
    Instant restartAt = rollout.restartAt();
    if (restartAt != null && !restartAt.equals(rollout.restartedAt())) {
      findings.add(
          Finding.warning(
              Code.RestartAtAhead,
              rollout.ref() + " has a restart of someone else's under way or ahead: " + restartAt,
              "This restart takes its place"));
    }
    if (rollout.update().isAborted()) {
      findings.add(
          Finding.info(
              Code.AbortedRollout,
              "%s is aborted and stays so after the restart: %s"
                  .formatted(rollout.ref(), rollout.message())));
    }
  }

  /** Argo begins only while more than a certain number are available (A4). */
  private static Optional<Finding> unreadyBlock(WorkloadState state) {
    ArgoRolloutSnapshot rollout = (ArgoRolloutSnapshot) state.workload();
    return state.canArgoEvict(rollout)
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                Code.UnreadyPodsBlockRestartAt,
                "%s has %d of %d pods available: Argo evicts none until more than %d are"
                    .formatted(
                        rollout.ref(),
                        state.availablePods(),
                        rollout.desired(),
                        state.leastBeforeRestartAt(rollout)),
                "Delete the pods that are not ready, or mend them"));
  }

  /** They cost nothing; and where there are none, too few available ones stop us for good. */
  private static Optional<Finding> unready(WorkloadState state, WorkloadSnapshot workload) {
    List<String> names = unready(state).map(PodSnapshot::name).toList();
    if (!names.isEmpty()) {
      return Optional.of(
          Finding.info(
              Code.UnreadyPodsFirst,
              "%d of the pods are not ready and are evicted first: %s"
                  .formatted(names.size(), String.join(", ", names.stream().limit(5).toList()))));
    }
    int least = workload.desired() - workload.mayBeMissing();
    int available = workload.counts().available();
    return available > least || state.pods().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                Code.TooFewAvailable,
                "%s has %d of %d pods available: none is evicted until more than %d are"
                    .formatted(workload.ref(), available, workload.desired(), least),
                "kubectl describe " + workload.ref().forKubectl()));
  }

  private static Stream<PodSnapshot> unready(WorkloadState state) {
    return state.pods().stream().filter(pod -> !pod.ready() && !pod.ended() && !pod.terminating());
  }
}
