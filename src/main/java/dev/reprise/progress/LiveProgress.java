package dev.reprise.progress;

import dev.reprise.restart.Observed;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Following;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;

/** Shows a Restart with the progress of this moment, on any replica; safe for many threads. */
public final class LiveProgress {

  private final WorkloadGateway workloads;

  public LiveProgress(WorkloadGateway workloads) {
    this.workloads = workloads;
  }

  /**
   * The Restart as it stands, computed from the shared watches; as its leader recorded it when it
   * is not under way or the watches have not caught up yet.
   */
  public Restart now(Restart restart) {
    Trigger trigger = restart.status().trigger();
    Landed landed = restart.status().landed();
    if (restart.isFinished() || trigger == null || landed == null) {
      return restart;
    }
    try (Following following = workloads.follow(restart.target(), () -> {})) {
      return following.isSynced()
          ? following
              .state()
              .map(state -> Observed.status(restart.status(), trigger, landed, state))
              .map(restart::with)
              .orElse(restart)
          : restart;
    }
  }
}
