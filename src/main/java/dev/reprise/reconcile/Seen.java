package dev.reprise.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the leader has seen of a Restart between two records of it; one thread at a time. */
final class Seen {

  private final LongSupplier nanoTime;
  private int lowest = Integer.MAX_VALUE;
  private @Nullable Instant since;
  private long recordedAt;

  /** Of one that was recorded just now, or is taken over from a leader that did. */
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

  /** The time of the first look. */
  Instant since(Instant now) {
    Instant first = since == null ? now : since;
    since = first;
    return first;
  }

  void recorded() {
    recordedAt = nanoTime.getAsLong();
  }

  /** The time since the last record. */
  Duration sinceRecorded() {
    return Duration.ofNanos(nanoTime.getAsLong() - recordedAt);
  }
}
