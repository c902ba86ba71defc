package dev.reprise.restart;

import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request to restart a workload, and what became of it. */
public record Restart(
    RestartKey key,
    String uid,
    String resourceVersion,
    Instant requestedAt,
    RestartSpec spec,
    RestartStatus status)
    implements AnyRestart {

  /**
   * The order among the Restarts of one workload: first those that have begun, the earliest first;
   * then the others as they were asked for. Of two triggers the one decided on an older generation
   * of the workload is the earlier one, whatever the clocks say; of the same time, the one with the
   * earlier value, since the other had to differ from it.
   */
  public static final Comparator<Restart> IN_TURN =
      Comparator.comparingLong(Restart::generationAtBegin)
          .thenComparing(
              Comparator.<Restart, @Nullable Instant>comparing(
                  restart -> restart.status().startedAt(),
                  Comparator.nullsLast(Comparator.naturalOrder())))
          .thenComparing(
              Comparator.<Restart, @Nullable Instant>comparing(
                  Restart::valueOfTrigger, Comparator.nullsLast(Comparator.naturalOrder())))
          .thenComparing(Restart::requestedAt)
          .thenComparing(restart -> restart.key().name());

  private static @Nullable Instant valueOfTrigger(Restart restart) {
    Trigger trigger = restart.status().trigger();
    return trigger == null ? null : trigger.value();
  }

  private static long generationAtBegin(Restart restart) {
    Trigger trigger = restart.status().trigger();
    return trigger == null ? Long.MAX_VALUE : trigger.targetGeneration();
  }

  public WorkloadRef target() {
    return spec.target();
  }

  /** The group that it says to be a member of; empty when it is of none. */
  public Optional<RestartKey> groupKey() {
    return Optional.ofNullable(spec.group())
        .map(GroupMembership::name)
        .filter(RestartKey::canName)
        .map(name -> new RestartKey(key.namespace(), name));
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

  @Override
  public Caller requestedBy() {
    return spec.requestedBy();
  }

  @Override
  public @Nullable String fingerprint() {
    return spec.fingerprint();
  }

  @Override
  public Phase phase() {
    return status.phase();
  }

  @Override
  public @Nullable Instant finishedAt() {
    return status.finishedAt();
  }

  @Override
  public boolean isToBeCancelled() {
    return spec.cancel();
  }

  /**
   * Whether it is in nobody's way: it has not begun and its time had not come when it was asked
   * for, or it only notes what the configuration is.
   */
  public boolean isAside() {
    return (spec.notBefore() != null && !hasBegun()) || isBaseline();
  }

  /** Whether it only notes what the configuration is, and restarts nothing. */
  public boolean isBaseline() {
    Reload reload = reload();
    return reload != null && reload.baseline();
  }

  /**
   * What it knows of the configuration for whose sake it was made; null when that is not why, or
   * when somebody else says so.
   */
  public @Nullable Reload reload() {
    return requestedBy().equals(Reload.CALLER) ? spec.reload() : null;
  }

  /**
   * Whether its trigger has been decided; what it will do to the workload is fixed from then on.
   */
  public boolean hasBegun() {
    return status.trigger() != null;
  }

  /** Whether its trigger has taken effect, or it has ended without one. */
  public boolean isTriggeredOrFinished() {
    return status.landed() != null || isFinished();
  }

  /** Whether what it wrote was taken back, or it has ended otherwise. */
  @Override
  public boolean isTakenBackOrFinished() {
    return status.takenBack() != null || isFinished();
  }

  /** Whether it has ended without having touched its workload. */
  public boolean hasFailedBeforeWriting() {
    return status.phase() == Phase.Failed && status.landed() == null;
  }

  public Restart with(RestartStatus status) {
    return new Restart(key, uid, resourceVersion, requestedAt, spec, status);
  }
}
