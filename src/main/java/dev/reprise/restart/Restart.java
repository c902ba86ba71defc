package dev.reprise.restart;

import dev.reprise.workload.Trigger;
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

  /** The workload whose pods restart: the target, or once that is decided what refers to it. */
  public WorkloadRef followed() {
    Trigger trigger = status.trigger();
    return trigger == null ? target() : trigger.workload();
  }

  /** Whether the pods of this workload restart, or are about to. */
  public boolean concerns(WorkloadRef workload) {
    return workload.equals(target()) || workload.equals(followed());
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
