package dev.reprise.reconcile;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.time.Instant;

/** Ends a Restart whose timeout has come, so that nothing restarts after it was called Failed. */
final class Expiry {

  private static final Step TRY_AGAIN = new Step.Again(Duration.ofSeconds(1));

  private final WorkloadGateway workloads;
  private final StatusWriter writer;

  Expiry(WorkloadGateway workloads, StatusWriter writer) {
    this.workloads = workloads;
    this.writer = writer;
  }

  boolean hasCome(Restart restart, Instant now) {
    Instant startedAt = restart.status().startedAt();
    return startedAt != null && !now.isBefore(startedAt.plus(restart.spec().timeout()));
  }

  Step expire(Restart restart, Trigger trigger, RolloutStatus status) {
    return trigger.mechanism() == Mechanism.RestartAt && !takenBack(restart, trigger)
        ? TRY_AGAIN
        : writer.finish(
            restart,
            Phase.Failed,
            "Timeout",
            "Not finished within %s: %s".formatted(restart.spec().timeout(), status.message()));
  }

  /** Whether the workload is known not to hold our unfinished trigger any more. */
  private boolean takenBack(Restart restart, Trigger trigger) {
    return switch (workloads.read(restart.target())) {
      case Reading.Found found ->
          !holds(found.state().workload(), trigger)
              || workloads.takeBack(found.state().workload(), trigger)
                  instanceof WriteOutcome.Landed;
      case Reading.NoSuchWorkload(), Reading.NoSuchNamespace(), Reading.NoSuchKind() -> true;
    };
  }

  private static boolean holds(WorkloadSnapshot workload, Trigger trigger) {
    return switch (workload) {
      case ArgoRolloutSnapshot rollout ->
          trigger.value().equals(rollout.restartAt())
              && !trigger.value().equals(rollout.restartedAt());
      case DeploymentSnapshot _ -> false;
    };
  }
}
