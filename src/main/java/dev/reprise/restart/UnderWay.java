package dev.reprise.restart;

import java.util.function.Predicate;
import java.util.stream.Stream;

/** The Restarts that have not ended. */
final class UnderWay {

  private UnderWay() {}

  /**
   * Those for which {@code concerned} holds, in turn, as they are now. Another replica may have
   * told the caller already that one has ended, so the cache alone is not believed. One whose time
   * has not come is in nobody's way.
   */
  static Stream<Restart> now(RestartStore store, Predicate<Restart> concerned) {
    return store.all().stream()
        .filter(restart -> !restart.isFinished() && !restart.isAside())
        .filter(concerned)
        .sorted(Restart.IN_TURN)
        .flatMap(restart -> store.readOneLive(restart.key()).stream())
        .filter(now -> !now.isFinished());
  }
}
