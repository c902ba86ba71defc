package dev.reprise.restart;

import java.time.Duration;
import java.util.Optional;

/**
 * Cancels Restarts. Any replica may do this: it only records that; the leader carries it out. Safe
 * for use by many threads.
 */
public final class Cancellations {

  /** How long a caller is kept waiting to hear whether the trigger was taken back. */
  private static final Duration TAKE_BACK_WAIT = Duration.ofSeconds(2);

  /** The leader records counts every 10 s and steps seldom, so the next try mostly succeeds. */
  private static final int MOST_TRIES = 10;

  private final RestartStore store;
  private final RestartWaiting waiting;
  private final CancelReach reach;
  private final Access access;
  private final VisibleRestarts visible;

  public Cancellations(
      RestartStore store,
      RestartWaiting waiting,
      CancelReach reach,
      Access access,
      VisibleRestarts visible) {
    this.store = store;
    this.waiting = waiting;
    this.reach = reach;
    this.access = access;
    this.visible = visible;
  }

  /**
   * Records that the Restart is to be cancelled, unless it has ended, and waits a moment for what
   * becomes of that. If it has not ended when that is recorded, whoever would record an end after
   * that is told of it.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us record it
   * @throws Forbidden when the caller may not see it, or not restart all that this would
   */
  public CancelOutcome cancel(Caller caller, RestartKey key) throws InterruptedException {
    Optional<AnyRestart> restart = visible.find(caller, key).flatMap(this::asItIs);
    restart.ifPresent(now -> access.require(caller, reach.of(now)));
    for (int tries = 0; restart.isPresent() && tries < MOST_TRIES; tries++) {
      AnyRestart now = restart.get();
      if (now.isFinished()) {
        return new CancelOutcome.AlreadyFinished(now);
      }
      Optional<AnyRestart> cancelled = now.isToBeCancelled() ? restart : store.cancel(now);
      if (cancelled.isPresent()) {
        return new CancelOutcome.Accepted(
            waiting.awaitRecorded(
                AnyRestart.class,
                cancelled.get(),
                AnyRestart::isTakenBackOrFinished,
                TAKE_BACK_WAIT));
      }
      restart = store.readLive(key);
    }
    if (restart.isEmpty()) {
      return new CancelOutcome.NoSuchRestart();
    }
    throw new ClusterUnavailable(
        "The Restart " + key + " is changed all the time", false, Duration.ofSeconds(1), null);
  }

  /** Only that it has ended is believed of the cache: then it does not change any more. */
  private Optional<AnyRestart> asItIs(AnyRestart known) {
    return known.isFinished() ? Optional.of(known) : store.readLive(known.key());
  }
}
