package dev.reprise.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Workloads as they were last read past any cache, for a moment: a call looks at one before it
 * records a Restart, and the leader's first step is to look at it again. Safe for many threads.
 */
final class JustRead {

  /** Longer than the one takes to follow on the other, and no longer than a slow answer. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private static final int MOST = 1000;

  private final Cache<WorkloadRef, Reading.Found> reads;

  JustRead(LongSupplier nanoTime) {
    this.reads =
        Caffeine.newBuilder()
            .expireAfterWrite(MOMENT)
            .maximumSize(MOST)
            .ticker(nanoTime::getAsLong)
            .build();
  }

  /** The workload alone: of what it owns the watches know more. */
  void note(Reading.Found found) {
    WorkloadSnapshot workload = found.state().workload();
    reads.put(
        workload.ref(),
        new Reading.Found(new WorkloadState(workload, List.of(), List.of()), found.serverTime()));
  }

  /** We have changed it, or tried to. */
  void forget(WorkloadRef ref) {
    reads.invalidate(ref);
  }

  /** Empty where it was not read just now. */
  Optional<Reading.Found> of(WorkloadRef ref) {
    return Optional.ofNullable(reads.getIfPresent(ref));
  }
}
