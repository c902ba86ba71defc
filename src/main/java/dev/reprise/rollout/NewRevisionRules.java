package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.Failed;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.StatefulSetSnapshot;
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
  static Optional<RolloutStatus> judge(WorkloadState state, String templateHash) {
    WorkloadSnapshot workload = state.workload();
    if (!workload.template().hash().equals(templateHash)) {
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
      return Optional.of(deadlineExceeded(state, templateHash));
    }
    if (state.revisionOf(templateHash).isEmpty()) {
      return Optional.of(
          new InProgress("NewRevisionMissing", "Waiting for the new revision to be made"));
    }
    // Raised since: nobody restarts what it leaves out, and somebody may lower it again.
    if (workload instanceof StatefulSetSnapshot set && set.leavesOutAll()) {
      return Optional.of(
          new InProgress("PartitionLeavesOut", "%s: %s".formatted(workload.ref(), leavesOut(set))));
    }
    if (workload.counts().updated() < workload.toReplace()) {
      return Optional.of(new InProgress("PodsUpdating", "New pods made: " + updated(workload)));
    }
    return Optional.empty();
  }

  private static Failed deadlineExceeded(WorkloadState state, String templateHash) {
    WorkloadSnapshot workload = state.workload();
    boolean isFormerWell = OurRevision.isFormerWell(state.revisionOf(templateHash), state);
    return new Failed(
        new Blocker(
            "ProgressDeadlineExceeded",
            workload.ref().toString(),
            "It exceeded its progress deadline; new pods made: " + updated(workload),
            "kubectl rollout %s %s"
                .formatted(isFormerWell ? "undo" : "history", workload.ref().forKubectl())));
  }

  static String leavesOut(StatefulSetSnapshot set) {
    return set.leavesOutAll()
        ? "Its partition %d leaves out all %d pods".formatted(set.partition(), set.desired())
        : "Its partition %d leaves out %d of %d pods"
            .formatted(set.partition(), set.desired() - set.toReplace(), set.desired());
  }

  private static String updated(WorkloadSnapshot workload) {
    return "%d/%d".formatted(workload.counts().updated(), workload.toReplace());
  }
}
