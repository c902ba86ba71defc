package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.Failed;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.Landed;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;

/**
 * What a Deployment's, StatefulSet's or DaemonSet's own object says of the rollout of a new
 * revision, in the order of cause and effect.
 */
final class NewRevisionRules {

  private NewRevisionRules() {}

  /** Empty when the controller has done its part and only the pods are left to look at. */
  static Optional<RolloutStatus> judge(WorkloadState state, Landed landed) {
    WorkloadSnapshot workload = state.workload();
    if (!workload.template().hash().equals(landed.templateHash())) {
      return Optional.of(Superseded.templateChanged(workload));
    }
    if (!workload.metadata().generation().isObserved()) {
      return Optional.of(
          new NotObserved(
              "NotObserved",
              "Waiting for the %s controller to observe the change"
                  .formatted(workload.ref().kind())));
    }
    // Only after the generation check: before it, the condition may tell of an earlier rollout.
    // Of these kinds only a Deployment has it.
    if (workload
        .condition("Progressing")
        .filter(condition -> condition.reason().equals("ProgressDeadlineExceeded"))
        .isPresent()) {
      return Optional.of(deadlineExceeded(state, landed));
    }
    if (state.revisionOf(landed.templateHash()).isEmpty()) {
      return Optional.of(
          new InProgress("NewRevisionMissing", "Waiting for the new revision to be made"));
    }
    if (workload.counts().updated() < landed.toReplace(workload)) {
      return Optional.of(
          new InProgress("PodsUpdating", "New pods made: " + updated(workload, landed)));
    }
    return Optional.empty();
  }

  private static Failed deadlineExceeded(WorkloadState state, Landed landed) {
    WorkloadSnapshot workload = state.workload();
    boolean isFormerWell = OurRevision.isFormerWell(state.revisionOf(landed.templateHash()), state);
    return new Failed(
        new Blocker(
            "ProgressDeadlineExceeded",
            workload.ref().toString(),
            "It exceeded its progress deadline; new pods made: " + updated(workload, landed),
            "kubectl rollout %s %s"
                .formatted(isFormerWell ? "undo" : "history", workload.ref().forKubectl())));
  }

  private static String updated(WorkloadSnapshot workload, Landed landed) {
    return "%d/%d".formatted(workload.counts().updated(), landed.toReplace(workload));
  }
}
