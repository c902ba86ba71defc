package dev.reprise.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The API server's clock: what its last answer said, moved on by a monotonic clock. So neither a
 * wrong wall clock of ours nor a jump of it matters to a timeout. Safe for many threads.
 */
final class ServerClock implements InstantSource {

  private final InstantSource untilHeard;
  private final LongSupplier nanoTime;
  private volatile @Nullable Heard last;

  private record Heard(Instant time, long atNanos) {}

  /**
   * @param untilHeard stands in until the first answer
   */
  ServerClock(InstantSource untilHeard, LongSupplier nanoTime) {
    this.untilHeard = untilHeard;
    this.nanoTime = nanoTime;
  }

  /** Takes in the time that an answer just gave. */
  void hear(Instant time) {
    last = new Heard(time, nanoTime.getAsLong());
  }

  @Override
  public Instant instant() {
    Heard heard = last;
    return heard == null
        ? untilHeard.instant()
        : heard.time().plus(Duration.ofNanos(nanoTime.getAsLong() - heard.atNanos()));
  }
}
