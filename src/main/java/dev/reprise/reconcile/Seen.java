package dev.reprise.reconcile;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the leader has seen of a Restart between two records of it; one thread at a time. */
final class Seen {

  private final LongSupplier nanoTime;
  private int lowest = Integer.MAX_VALUE;
  private long recordedAt;

  /** What it is seen from now on: what there was before, somebody has just recorded. */
  Seen(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.recordedAt = nanoTime.getAsLong();
  }

  /** The fewest pods seen available until now. */
  int lowest(@Nullable Integer available) {
    if (available != null) {
      lowest = Math.min(lowest, available);
    }
    return lowest;
  }

  void recorded() {
    recordedAt = nanoTime.getAsLong();
  }

  /** The time since the last record. */
  Duration sinceRecorded() {
    return Duration.ofNanos(nanoTime.getAsLong() - recordedAt);
  }
}
