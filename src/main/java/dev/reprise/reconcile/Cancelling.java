package dev.reprise.reconcile;

import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.EvictionOutcome;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.WayBack;
import dev.reprise.rollout.WayBackRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a trigger that has taken effect, back to what was there before. A live read decides whether
 * an earlier write, be it of a leader before us, has taken the trigger back.
 */
final class Cancelling {

  private static final Logger LOGGER = LoggerFactory.getLogger(Cancelling.class);

  private static final Step TRY_AGAIN = new Step.Again(Duration.ofMillis(200));

  private final WorkloadGateway workloads;
  private final Pursuit pursuit;
  private final StatusWriter writer;
  private final Expiry expiry;

  Cancelling(WorkloadGateway workloads, Pursuit pursuit, StatusWriter writer, Expiry expiry) {
    this.workloads = workloads;
    this.pursuit = pursuit;
    this.writer = writer;
    this.expiry = expiry;
  }

  Step step(Restart restart, Trigger trigger, Landed landed, Pursued.One one) {
    Landed takenBack = restart.status().takenBack();
    if (takenBack == null) {
      @Nullable WorkloadState live = pursuit.live(restart);
      RolloutStatus now = pursuit.judge(restart, trigger, landed, live);
      return switch (WayBackRules.begin(now, trigger, landed, live)) {
        case WayBack.Open(WorkloadSnapshot from) ->
            expiry.hasCome(restart)
                ? pursuit.step(restart, trigger, landed, one)
                : takeBack(restart, trigger, from);
        case WayBack.Taken(Landed left) -> record(restart, left);
        case WayBack.NotYet() -> TRY_AGAIN;
        case WayBack.NothingLeft(String reason, String message) ->
            writer.finish(
                pursuit.lastSeen(restart, trigger, landed, live, one.seen()),
                Phase.Cancelled,
                reason,
                message);
        case WayBack.TooLate(RolloutStatus status) ->
            pursuit.end(restart, trigger, landed, live, status, one.seen());
      };
    }
    if (one.following().isSynced() && !expiry.hasCome(restart)) {
      one.following().state().stream()
          .flatMap(state -> WayBackRules.toEvict(trigger, landed, takenBack, state).stream())
          .forEach(pod -> evict(restart, pod));
    }
    return pursuit.step(restart, trigger, landed, one);
  }

  private Step takeBack(Restart restart, Trigger trigger, WorkloadSnapshot from) {
    return switch (workloads.takeBack(from, trigger, Mark.of(restart))) {
      case WriteOutcome.Landed(WorkloadSnapshot left) ->
          record(restart, Landed.in(left, trigger.mechanism()));
      case WriteOutcome.Uncertain() -> TRY_AGAIN;
      // Asked again it would refuse again; whoever reads this can do something about it.
      case WriteOutcome.Refused(String reason, String message) ->
          writer.finish(
              restart,
              Phase.Failed,
              "CancelRefused",
              "%s could not be put back as it was, so the restart goes on by itself: %s (%s)"
                  .formatted(from.ref(), message, reason));
    };
  }

  private Step record(Restart restart, Landed left) {
    return writer.write(restart, restart.status().takenBack(left));
  }

  /** What becomes of it, the watches show; while nothing does, it is tried at each look. */
  private void evict(Restart restart, PodSnapshot pod) {
    switch (workloads.evict(restart.key().namespace(), pod)) {
      case EvictionOutcome.Evicted() -> log(restart, pod, "evicted");
      case EvictionOutcome.Blocked(String message, _) -> log(restart, pod, message);
      case EvictionOutcome.Refused(String reason, String message) ->
          log(restart, pod, "%s (%s)".formatted(message, reason));
      case EvictionOutcome.Uncertain() -> {}
    }
  }

  private static void log(Restart restart, PodSnapshot pod, String outcome) {
    LOGGER
        .atInfo()
        .addKeyValue("restart", restart.key())
        .addKeyValue("pod", pod.name())
        .addKeyValue("outcome", outcome)
        .log("A pod that holds the way back up is to be evicted");
  }
}
