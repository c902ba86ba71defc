package dev.reprise.cluster;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after failures: twice as long each time, and up to half as much again by chance,
 * so that many clients do not come back at the same moment.
 *
 * @param first after the first failure
 * @param most before the part that is left to chance
 */
record Backoff(Duration first, Duration most) {

  /** A server that asks for more is taken to mean it no longer, or to be a proxy gone astray. */
  private static final Duration MOST_ASKED = Duration.ofMinutes(1);

  /**
   * Never shorter than the server asked for, up to a minute.
   *
   * @param failures in a row, at least 1
   */
  Duration after(int failures, @Nullable Duration asked, RandomGenerator random) {
    // 2^20 times 0.1 s is a day: enough doubling, and no overflow.
    Duration doubled = first.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
    Duration wait = Collections.min(List.of(doubled, most));
    if (asked != null && asked.compareTo(wait) > 0) {
      wait = Collections.min(List.of(asked, MOST_ASKED));
    }
    return wait.plusNanos((long) (wait.toNanos() * 0.5 * random.nextDouble()));
  }
}
