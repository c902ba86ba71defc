package dev.reprise.reconcile;

import dev.reprise.restart.Leadership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.EvictionOutcome;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.rollout.NextEvictions;
import dev.reprise.rollout.PodEviction;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.RolloutStatusRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Evicts the old pods of a workload. Those to be evicted are recorded before the first of them is
 * asked for, by a compare-and-set and after a live read: whoever leads next, or still believes to
 * lead, counts them as missing and evicts no others in their place.
 */
final class Evicting {

  /** Something will change when there is more to evict. */
  private static final Step.Wait UNTIL_A_CHANGE = new Step.Wait(EvictionAttempts.BETWEEN_TWO);

  /** Its leader ends an earlier Restart as soon as the watch shows it the claim. */
  private static final Step.Wait UNTIL_THE_EARLIER_ENDS = new Step.Wait(Duration.ofSeconds(1));

  /** The watched budget had room, but the API server knows better: its controller is behind. */
  private static final Duration AFTER_NO_ROOM = Duration.ofSeconds(5);

  /** A budget may get room at any time, whatever the API server says. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);

  private static final Duration AFTER_NO_ANSWER = Duration.ofSeconds(1);

  private final WorkloadGateway workloads;
  private final EarlierEvictions earlier;
  private final StatusWriter writer;
  private final Leadership leadership;

  Evicting(
      WorkloadGateway workloads,
      EarlierEvictions earlier,
      StatusWriter writer,
      Leadership leadership) {
    this.workloads = workloads;
    this.earlier = earlier;
    this.writer = writer;
    this.leadership = leadership;
  }

  /**
   * Evicts what may be evicted now.
   *
   * @param watched tells when it is worth a live read
   */
  Step step(
      Restart restart,
      Trigger trigger,
      Landed landed,
      WorkloadState watched,
      EvictionAttempts attempts) {
    Instant now = writer.now();
    // A pod that is made in place of an evicted one must not be older than the cut.
    if (now.isBefore(trigger.value())) {
      return new Step.Wait(Duration.between(now, trigger.value()));
    }
    Duration held = attempts.held(now);
    if (held.isPositive()) {
      return new Step.Wait(held);
    }
    if (earlier.mayComeOf(restart)) {
      return UNTIL_THE_EARLIER_ENDS;
    }
    NextEvictions seemingly = next(restart, trigger, landed, watched);
    if (attempts.due(seemingly.possible(), now).isEmpty()) {
      return UNTIL_A_CHANGE;
    }
    return switch (workloads.read(trigger.workload())) {
      case Reading.Found(WorkloadState live, _) when isUnderWay(trigger, landed, live) ->
          evict(restart, next(restart, trigger, landed, live), attempts);
      // The watches will show that, too, and then it ends.
      case Reading.Found _, Reading.Missing _ -> UNTIL_A_CHANGE;
    };
  }

  private NextEvictions next(Restart restart, Trigger trigger, Landed landed, WorkloadState state) {
    List<PodEviction> before =
        Stream.concat(restart.status().evicting().stream(), earlier.recorded(restart).stream())
            .toList();
    return NextEvictions.of(trigger, landed, state, before, writer.now());
  }

  private static boolean isUnderWay(Trigger trigger, Landed landed, WorkloadState live) {
    return RolloutStatusRules.judge(trigger, landed, live) instanceof RolloutStatus.InProgress;
  }

  private Step evict(Restart restart, NextEvictions next, EvictionAttempts attempts) {
    Step step =
        restart.status().evicting().containsAll(next.decided())
            ? new Step.Advanced(restart)
            : writer.write(restart, restart.status().evicting(next.decided()));
    return step instanceof Step.Advanced(Restart recorded, _)
        ? ask(recorded, attempts.due(next.possible(), writer.now()), attempts)
        : step;
  }

  /** Until one of them does not go: the next ones would mostly fare the same. */
  private Step ask(Restart restart, List<PodSnapshot> due, EvictionAttempts attempts) {
    for (PodSnapshot pod : due) {
      if (!leadership.isLeader()) {
        return new Step.Done();
      }
      switch (workloads.evict(restart.key().namespace(), pod)) {
        case EvictionOutcome.Evicted() -> attempts.asked(pod, writer.now());
        case EvictionOutcome.Blocked blocked -> {
          return refused(restart, pod, blocked.message(), after(blocked), attempts);
        }
        case EvictionOutcome.Refused(_, String message) -> {
          attempts.asked(pod, writer.now());
          return refused(restart, pod, message, EvictionAttempts.BETWEEN_TWO, attempts);
        }
        case EvictionOutcome.Uncertain() -> {
          return hold(AFTER_NO_ANSWER, attempts);
        }
      }
    }
    return UNTIL_A_CHANGE;
  }

  private static Duration after(EvictionOutcome.Blocked blocked) {
    @Nullable Duration asked = blocked.retryAfter();
    return asked == null ? AFTER_NO_ROOM : Collections.min(List.of(asked, LONGEST_ASKED));
  }

  private Step hold(Duration time, EvictionAttempts attempts) {
    attempts.hold(time, writer.now());
    return new Step.Wait(time);
  }

  /** Why is recorded, so that every replica can tell it, and the next leader too. */
  private Step refused(
      Restart restart, PodSnapshot pod, String why, Duration time, EvictionAttempts attempts) {
    Step waiting = hold(time, attempts);
    List<PodEviction> evicting =
        restart.status().evicting().stream()
            .map(eviction -> eviction.uid().equals(pod.uid()) ? eviction.refused(why) : eviction)
            .toList();
    return evicting.equals(restart.status().evicting())
        ? waiting
        : writer.write(restart, restart.status().evicting(evicting));
  }
}
