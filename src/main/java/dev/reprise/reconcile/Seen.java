package dev.reprise.reconcile;

import dev.reprise.restart.RestartStatus;
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

  /** The same with the fewest pods seen available until now; as it is where there was no look. */
  RestartStatus in(RestartStatus status, Instant now) {
    Integer available = status.lowestAvailable();
    if (available != null) {
      lowest = Math.min(lowest, available);
    }
    if (lowest == Integer.MAX_VALUE) {
      return status;
    }
    Instant first = since == null ? now : since;
    since = first;
    return status.withLowestAvailable(lowest, first);
  }

  /** Whether fewer were seen than those that are recorded, if any are. */
  boolean isBelow(@Nullable Integer recorded) {
    return recorded != null && lowest < recorded;
  }

  void recorded() {
    recordedAt = nanoTime.getAsLong();
  }

  /** The time since the last record. */
  Duration sinceRecorded() {
    return Duration.ofNanos(nanoTime.getAsLong() - recordedAt);
  }
}
