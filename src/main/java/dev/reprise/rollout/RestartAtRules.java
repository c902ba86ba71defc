package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import java.time.Instant;
import java.util.Optional;

/** What an Argo Rollout's own object says of a restart by {@code spec.restartAt}. */
final class RestartAtRules {

  private RestartAtRules() {}

  /** Empty when the controller has done its part and only the pods are left to look at. */
  static Optional<RolloutStatus> judge(
      ArgoRolloutSnapshot rollout, Trigger trigger, Landed landed) {
    Instant restartAt = rollout.restartAt();
    if (restartAt == null) {
      return Optional.of(
          new Superseded(
              "RestartAtRemoved", "spec.restartAt of " + rollout.ref() + " was removed"));
    }
    if (!restartAt.equals(trigger.value())) {
      return Optional.of(
          new Superseded(
              "RestartAtChanged",
              "spec.restartAt of %s was changed to %s".formatted(rollout.ref(), restartAt)));
    }
    // Argo then drops the restart and stamps status.restartedAt as if it had been carried out.
    if (landed.isTemplateChanged(rollout.templateHash(trigger.mechanism()))) {
      return Optional.of(Superseded.templateChanged(rollout));
    }
    if (!rollout.metadata().generation().isObserved()) {
      return Optional.of(
          new NotObserved(
              "NotObserved", "Waiting for the Rollout controller to observe restartAt"));
    }
    if (!trigger.value().equals(rollout.restartedAt())) {
      return Optional.of(
          new InProgress(
              "PodsRestarting",
              "%d/%d pods available while old ones are evicted"
                  .formatted(rollout.counts().available(), rollout.desired())));
    }
    return Optional.empty();
  }
}
