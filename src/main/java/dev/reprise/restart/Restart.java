package dev.reprise.restart;

import dev.reprise.workload.WorkloadRef;
import java.time.Instant;

/** One request to restart a workload, and what became of it. */
public record Restart(
    RestartKey key,
    String uid,
    String resourceVersion,
    Instant requestedAt,
    RestartSpec spec,
    RestartStatus status) {

  public WorkloadRef target() {
    return spec.target();
  }

  public boolean isFinished() {
    return status.phase().isFinished();
  }

  /** Whether its trigger has taken effect, or it has ended without one. */
  public boolean isTriggeredOrFinished() {
    return status.landed() != null || isFinished();
  }

  /** Whether it has ended without having touched its workload. */
  public boolean hasFailedBeforeWriting() {
    return status.phase() == Phase.Failed && status.landed() == null;
  }

  public Restart with(RestartStatus status) {
    return new Restart(key, uid, resourceVersion, requestedAt, spec, status);
  }
}
