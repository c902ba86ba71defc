package dev.reprise.reconcile;

import dev.reprise.restart.Observed;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.Blockers;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a trigger that has taken effect, or was taken back, to the restart's real end. */
final class Pursuit {

  /** Counts are recorded at most this often; whoever wants them finer computes them. */
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

  /** A new low is recorded sooner: until then who asks is told of more pods than there were. */
  private static final Duration BETWEEN_LOWS = Duration.ofSeconds(1);

  /** When the watches and a live read disagree, one of them is about to catch up. */
  private static final Step DISAGREE = new Step.Again(Duration.ofMillis(500));

  private final WorkloadGateway workloads;
  private final Claims claims;
  private final StatusWriter writer;
  private final Evicting evicting;
  private final Expiry expiry;

  Pursuit(
      WorkloadGateway workloads,
      Claims claims,
      StatusWriter writer,
      Evicting evicting,
      Expiry expiry) {
    this.workloads = workloads;
    this.claims = claims;
    this.writer = writer;
    this.evicting = evicting;
    this.expiry = expiry;
  }

  Step step(Restart restart, Trigger trigger, Landed landed, Pursued.One one) {
    Seen seen = one.seen();
    if (expiry.hasCome(restart)) {
      return expire(restart, trigger, landed, seen);
    }
    if (!one.following().isSynced()) {
      return waiting(restart, BETWEEN_COUNTS);
    }
    @Nullable WorkloadState state = one.following().state().orElse(null);
    RolloutStatus status = judge(restart, trigger, landed, state);
    if (!isEnd(status)) {
      WorkloadState known = Objects.requireNonNull(state);
      Step recorded = record(restart, trigger, landed, known, seen);
      return recorded instanceof Step.Advanced(Restart now, _)
          ? goOn(now, trigger, landed, known, one)
          : recorded;
    }
    // An end is final, so a live read must agree: a cache may lag behind, each kind differently.
    @Nullable WorkloadState live = live(restart);
    RolloutStatus now = judge(restart, trigger, landed, live);
    return now.getClass().equals(status.getClass())
        ? end(restart, trigger, landed, live, now, seen)
        : DISAGREE;
  }

  /** What was done to the workload tell its rules; which Restart did it, the claim. */
  RolloutStatus judge(
      Restart restart, Trigger trigger, Landed landed, @Nullable WorkloadState state) {
    RolloutStatus status = Observed.judge(restart.status(), trigger, landed, state);
    return state == null || status instanceof RolloutStatus.Gone
        ? status
        : claims
            .claimant(restart, state.workload())
            .filter(other -> Claims.hasTakenThePlaceOf(restart, other))
            // On a Rollout the claim stands before the Deployment that it refers to is written.
            .filter(other ->
                status instanceof RolloutStatus.Superseded || other.status().landed() != null)
            .<RolloutStatus>map(Claims::supersededBy)
            .orElse(status);
  }

  /** What there is for us to do while the controllers do their part. */
  private Step goOn(
      Restart restart, Trigger trigger, Landed landed, WorkloadState state, Pursued.One one) {
    Duration atMost = untilNextLook(restart, state, one.seen());
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation, RestartAt -> waiting(restart, atMost);
      case Eviction -> {
        Step step = evicting.step(restart, trigger, landed, state, one.attempts());
        yield step instanceof Step.Wait(Duration due)
            ? waiting(restart, Collections.min(List.of(due, atMost)))
            : step;
      }
    };
  }

  /** To record the counts, or the blocker that a pod becomes by its age before that. */
  private Duration untilNextLook(Restart restart, WorkloadState state, Seen seen) {
    Instant now = writer.now();
    Duration between = betweenRecords(restart, seen);
    Duration left = between.minus(seen.sinceRecorded());
    Duration due = left.isPositive() ? left : between;
    return Blockers.nextInTime(state, now)
        .map(next -> Collections.min(List.of(Duration.between(now, next), due)))
        .orElse(due);
  }

  /** By a live read alone: that the watches are stuck may be why the time is up. */
  private Step expire(Restart restart, Trigger trigger, Landed landed, Seen seen) {
    @Nullable WorkloadState live = live(restart);
    RolloutStatus status = judge(restart, trigger, landed, live);
    if (restart.status().takenBack() != null) {
      return isEnd(status)
          ? end(restart, trigger, landed, live, status, seen)
          : expiry.expireOnTheWayBack(restart, status);
    }
    if (live != null && Expiry.isTakenBack(live.workload(), trigger)) {
      return expiry.expireTakenBack(restart);
    }
    if (live == null || isEnd(status)) {
      return end(restart, trigger, landed, live, status, seen);
    }
    Restart last = lastSeen(restart, trigger, landed, live, seen);
    return expiry.expire(
        last, trigger, Blocker.after(status.message(), last.status().blockers()), live.workload());
  }

  @Nullable WorkloadState live(Restart restart) {
    return switch (workloads.read(restart.followed())) {
      case Reading.Found found -> found.state();
      case Reading.Missing _ -> null;
    };
  }

  /** Until something changes, or it is time to look again, or the time is up. */
  private Step waiting(Restart restart, Duration atMost) {
    return new Step.Wait(Collections.min(List.of(atMost, expiry.left(restart))));
  }

  Step end(
      Restart restart,
      Trigger trigger,
      Landed landed,
      @Nullable WorkloadState live,
      RolloutStatus status,
      Seen seen) {
    Restart last = lastSeen(restart, trigger, landed, live, seen);
    return switch (status) {
      case RolloutStatus.Complete(String reason, String message) ->
          writer.finish(
              last,
              last.status().takenBack() == null ? Phase.Succeeded : Phase.Cancelled,
              reason,
              message);
      case RolloutStatus.Failed(Blocker verdict) ->
          writer.finish(
              last,
              Phase.Failed,
              verdict.reason(),
              Blocker.after(verdict.words(), last.status().blockers()));
      case RolloutStatus.Gone(String reason, String message) ->
          writer.finish(last, Phase.Failed, reason, message);
      case RolloutStatus.Superseded(String reason, String message) ->
          writer.finish(last, Phase.Superseded, reason, message);
      case RolloutStatus.InProgress _, RolloutStatus.NotObserved _ -> DISAGREE;
    };
  }

  /** Of a workload that is gone nothing is to be seen any more, nor of another of its name. */
  Restart lastSeen(
      Restart restart, Trigger trigger, Landed landed, @Nullable WorkloadState live, Seen seen) {
    return restart.with(
        live != null && trigger.isFor(live.workload())
            ? look(restart, trigger, landed, live, seen)
            : seen.in(restart.status().withoutBlockers(), writer.now()));
  }

  /** Advanced, though nothing may have been worth recording. */
  private Step record(
      Restart restart, Trigger trigger, Landed landed, WorkloadState state, Seen seen) {
    RestartStatus now = look(restart, trigger, landed, state, seen);
    boolean isDue = seen.sinceRecorded().compareTo(betweenRecords(restart, seen)) >= 0;
    boolean worthIt =
        !sameBlockers(now, restart.status()) || (isDue && !now.equals(restart.status()));
    if (!worthIt) {
      return new Step.Advanced(restart);
    }
    seen.recorded();
    return writer.write(restart, now);
  }

  private static Duration betweenRecords(Restart restart, Seen seen) {
    return seen.isBelow(restart.status().lowestAvailable()) ? BETWEEN_LOWS : BETWEEN_COUNTS;
  }

  private RestartStatus look(
      Restart restart, Trigger trigger, Landed landed, WorkloadState state, Seen seen) {
    Instant now = writer.now();
    RestartStatus observed = Observed.status(restart.status(), trigger, landed, state, now);
    return seen.in(observed, now);
  }

  private static boolean isEnd(RolloutStatus status) {
    return switch (status) {
      case RolloutStatus.Complete _,
          RolloutStatus.Failed _,
          RolloutStatus.Gone _,
          RolloutStatus.Superseded _ ->
          true;
      case RolloutStatus.InProgress _, RolloutStatus.NotObserved _ -> false;
    };
  }

  /** By what is at fault: its reason goes to and fro, as with each crash of a container. */
  private static boolean sameBlockers(RestartStatus one, RestartStatus other) {
    return one.blockers().stream()
        .map(Blocker::object)
        .toList()
        .equals(other.blockers().stream().map(Blocker::object).toList());
  }
}
