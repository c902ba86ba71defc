package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.Failed;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;

/** What a Deployment's own object says of its rollout, in the order of cause and effect. */
final class DeploymentRules {

  private DeploymentRules() {}

  /** Empty when the controller has done its part and only the pods are left to look at. */
  static Optional<RolloutStatus> judge(
      DeploymentSnapshot deployment, String templateHash, WorkloadState state) {
    if (!deployment.template().hash().equals(templateHash)) {
      return Optional.of(
          new Superseded(
              "TemplateChanged",
              "The pod template of " + deployment.ref() + " was changed by someone else"));
    }
    if (!deployment.metadata().generation().isObserved()) {
      return Optional.of(
          new NotObserved(
              "NotObserved", "Waiting for the Deployment controller to observe the change"));
    }
    // Only after the generation check: before it, the condition may tell of an earlier rollout.
    if (deployment
        .condition("Progressing")
        .filter(condition -> condition.reason().equals("ProgressDeadlineExceeded"))
        .isPresent()) {
      return Optional.of(
          new Failed(
              "ProgressDeadlineExceeded",
              deployment.ref() + " exceeded its progress deadline: " + updated(deployment)));
    }
    if (state.replicaSetOf(templateHash).isEmpty()) {
      return Optional.of(
          new InProgress("NewReplicaSetMissing", "Waiting for the new ReplicaSet to be made"));
    }
    if (deployment.counts().updated() < deployment.desired()) {
      return Optional.of(new InProgress("PodsUpdating", updated(deployment)));
    }
    return Optional.empty();
  }

  private static String updated(DeploymentSnapshot deployment) {
    return "New pods made: %d/%d".formatted(deployment.counts().updated(), deployment.desired());
  }
}
