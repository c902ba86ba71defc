package dev.reprise.reconcile;

import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** Ends a Restart whose timeout has come, so that nothing restarts after it was called Failed. */
final class Expiry {

  private static final Step TRY_AGAIN = new Step.Again(Duration.ofSeconds(1));

  private final WorkloadGateway workloads;
  private final StatusWriter writer;
  private final InstantSource clock;

  Expiry(WorkloadGateway workloads, StatusWriter writer, InstantSource clock) {
    this.workloads = workloads;
    this.writer = writer;
    this.clock = clock;
  }

  boolean hasCome(Restart restart) {
    Duration left = left(restart);
    return left.isZero() || left.isNegative();
  }

  /** The time until then. */
  Duration left(Restart restart) {
    Instant now = clock.instant();
    Instant startedAt = Objects.requireNonNullElse(restart.status().startedAt(), now);
    return Duration.between(now, startedAt.plus(restart.spec().timeout()));
  }

  /** Ends a Restart that is known not to have written anything. */
  Step expireUnwritten(Restart restart) {
    return fail(restart, restart.target() + " could not be written");
  }

  /**
   * Ends a Restart under way.
   *
   * @param message how far it has come
   * @param seen what a live read has just found
   */
  Step expire(Restart restart, Trigger trigger, String message, WorkloadSnapshot seen) {
    if (!holds(seen, trigger)) {
      return fail(restart, message);
    }
    return switch (workloads.takeBack(seen, trigger, Mark.of(restart))) {
      case WriteOutcome.Landed _ -> fail(restart, message);
      case WriteOutcome.Uncertain() -> TRY_AGAIN;
      // Asked again it would refuse again; whoever reads this can do something about it.
      case WriteOutcome.Refused(String reason, String why) ->
          fail(
              restart,
              "%s; spec.restartAt could not be put back, so pods may still be restarted: %s (%s)"
                  .formatted(message, why, reason));
    };
  }

  /**
   * Whether the trigger's former value is back, as an earlier try to end it leaves it whose outcome
   * was not recorded. What somebody else has put back in time ends the restart before this is
   * asked.
   */
  static boolean isTakenBack(WorkloadSnapshot workload, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case RestartAt -> trigger.isFormer(((ArgoRolloutSnapshot) workload).restartAt());
      case TemplateAnnotation, ReferencedTemplateAnnotation, Eviction -> false;
    };
  }

  /** Ends a Restart that is being cancelled; its workload goes back all the same. */
  Step expireOnTheWayBack(Restart restart, RolloutStatus status) {
    return fail(restart, "it was cancelled and on its way back: " + status.message());
  }

  /** Ends a Restart whose trigger has been taken back already. */
  Step expireTakenBack(Restart restart) {
    return fail(restart, "spec.restartAt of " + restart.target() + " was put back");
  }

  private Step fail(Restart restart, String message) {
    return writer.finish(
        restart,
        Phase.Failed,
        "Timeout",
        "Not finished within %s: %s".formatted(restart.spec().timeout(), message));
  }

  /** A new revision stays: it is the pods that are late, and going back would restart them too. */
  private static boolean holds(WorkloadSnapshot workload, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case RestartAt -> {
        ArgoRolloutSnapshot rollout = (ArgoRolloutSnapshot) workload;
        yield trigger.value().equals(rollout.restartAt())
            && !trigger.value().equals(rollout.restartedAt());
      }
      case TemplateAnnotation, ReferencedTemplateAnnotation, Eviction -> false;
    };
  }
}
