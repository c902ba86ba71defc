package dev.reprise.rollout;

import java.time.Duration;
import java.util.Optional;

/** How much longer a restart takes, told from how it went so far. */
public final class Remaining {

  private Remaining() {}

  /**
   * As if the pods still to come took as long as those that were replaced; rounded up to whole
   * seconds. Empty where that would be a guess: before the first pod is replaced, after the last
   * (how long old ones take to end is theirs to say), and while something blocks.
   */
  public static Optional<Duration> of(
      Duration elapsed, RolloutProgress progress, boolean isBlocked) {
    int left = progress.total() - progress.replaced();
    if (isBlocked || progress.replaced() == 0 || left <= 0) {
      return Optional.empty();
    }
    long millis = Math.ceilDiv(elapsed.toMillis() * left, progress.replaced());
    return Optional.of(Duration.ofSeconds(Math.ceilDiv(millis, 1000)));
  }
}
