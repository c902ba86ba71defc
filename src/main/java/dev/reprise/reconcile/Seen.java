package dev.reprise.reconcile;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the leader has seen of a Restart between two records of it; one thread at a time. */
final class Seen {

  private final LongSupplier nanoTime;
  private int lowest = Integer.MAX_VALUE;
  private @Nullable Long recordedAt;

  Seen(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
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

  /** The time since the last record; very long when there is none. */
  Duration sinceRecorded() {
    Long last = recordedAt;
    return last == null ? Duration.ofDays(1) : Duration.ofNanos(nanoTime.getAsLong() - last);
  }
}
