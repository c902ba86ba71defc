package dev.reprise.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Work on what others may write to at the same time. */
final class Races {

  private static final int MOST = 3;
  private static final Step.Rest AFTER_THAT = new Step.Again(Duration.ofSeconds(1));

  private Races() {}

  /**
   * Works on it until it rests, each time anew when it was overtaken.
   *
   * @param first as it is known; empty when it is gone
   * @param live as it is now: the cache is behind, maybe for long, if its watch hangs
   * @param work what it came to; empty when somebody else wrote to it meanwhile
   */
  static <T> Step.Rest run(
      Optional<T> first, Supplier<Optional<T>> live, Function<T, Optional<Step.Rest>> work) {
    Optional<T> now = first;
    for (int races = 0; now.isPresent() && races < MOST; races++) {
      Optional<Step.Rest> rest = work.apply(now.get());
      if (rest.isPresent()) {
        return rest.get();
      }
      now = live.get();
    }
    return now.isPresent() ? AFTER_THAT : new Step.Done();
  }
}
