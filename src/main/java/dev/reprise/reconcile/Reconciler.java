package dev.reprise.reconcile;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a Restart as far as it can go now. */
final class Reconciler {

  private static final Logger LOGGER = LoggerFactory.getLogger(Reconciler.class);

  private static final Duration AFTER_NO_ANSWER = Duration.ofSeconds(1);

  /** Somebody has to give us the right first, which takes a while. */
  private static final Step.Rest AFTER_A_REFUSAL = new Step.Again(Duration.ofSeconds(10));

  /** However long a proxy asks for: callers wait, and the leader may be another by then. */
  private static final Duration LONGEST_ASKED = Duration.ofMinutes(1);

  private static final int MOST_RACES = 3;
  private static final Step.Rest AFTER_RACES = new Step.Again(Duration.ofSeconds(1));

  private final RestartStore store;
  private final Leadership leadership;
  private final Beginning beginning;
  private final Triggering triggering;
  private final Pursuit pursuit;
  private final Cancelling cancelling;
  private final Pursued pursued;

  Reconciler(
      RestartStore store,
      Leadership leadership,
      Beginning beginning,
      Triggering triggering,
      Pursuit pursuit,
      Cancelling cancelling,
      Pursued pursued) {
    this.store = store;
    this.leadership = leadership;
    this.beginning = beginning;
    this.triggering = triggering;
    this.pursuit = pursuit;
    this.cancelling = cancelling;
    this.pursued = pursued;
  }

  /** One call at a time for each Restart; every step of it may be repeated without harm. */
  Step.Rest reconcile(RestartKey key) {
    try {
      Step.Rest rest = go(store.cached(key).flatMap(this::fresh), key);
      if (rest instanceof Step.Done) {
        pursued.drop(key);
      }
      return rest;
    } catch (ClusterUnavailable unavailable) {
      LOGGER
          .atInfo()
          .addKeyValue("restart", key)
          .addKeyValue("cause", unavailable.getMessage())
          .log("The API server does not answer; trying again");
      Duration asked = unavailable.retryAfter();
      return new Step.Again(
          asked == null ? AFTER_NO_ANSWER : Collections.min(List.of(asked, LONGEST_ASKED)));
    } catch (ClusterRefused refused) {
      LOGGER
          .atWarn()
          .addKeyValue("restart", key)
          .addKeyValue("cause", refused.getMessage())
          .log("The API server refuses what is needed to go on; trying again");
      return AFTER_A_REFUSAL;
    }
  }

  /**
   * A trigger on its way is about to be written to the workload, or taken back, perhaps again, and
   * what has been recorded since may forbid that: there the cache won't do.
   */
  private Optional<Restart> fresh(Restart cached) {
    RestartStatus status = cached.status();
    boolean isToBeWritten = status.landed() == null;
    boolean isToBeTakenBack = cached.spec().cancel() && status.takenBack() == null;
    boolean isAboutToWrite =
        !cached.isFinished() && status.trigger() != null && (isToBeWritten || isToBeTakenBack);
    return isAboutToWrite ? store.readLive(cached.key()) : Optional.of(cached);
  }

  private Step.Rest go(Optional<Restart> from, RestartKey key) {
    Optional<Restart> restart = from;
    for (int races = 0; restart.isPresent() && races < MOST_RACES; races++) {
      Step step = new Step.Advanced(restart.get());
      while (step instanceof Step.Advanced(Restart advanced, WorkloadState justRead)) {
        step = leadership.isLeader() ? step(advanced, justRead) : new Step.Done();
      }
      if (step instanceof Step.Rest rest) {
        return rest;
      }
      // The cache is behind, maybe for long, if its watch hangs.
      restart = store.readLive(key);
    }
    return restart.isPresent() ? AFTER_RACES : new Step.Done();
  }

  private Step step(Restart restart, @Nullable WorkloadState justRead) {
    RestartStatus status = restart.status();
    if (restart.isFinished()) {
      return new Step.Done();
    }
    Trigger trigger = status.trigger();
    if (trigger == null) {
      return beginning.step(restart);
    }
    Landed landed = status.landed();
    if (landed == null) {
      return triggering.step(restart, trigger, justRead);
    }
    Pursued.One one = pursued.of(restart);
    return restart.spec().cancel()
        ? cancelling.step(restart, trigger, landed, one)
        : pursuit.step(restart, trigger, landed, one);
  }
}
