package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStore;
import dev.reprise.rollout.PodEviction;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import java.util.List;
import java.util.stream.Stream;

/** The evictions of the Restarts in whose place another one of the same workload has come. */
final class EarlierEvictions {

  private final RestartStore store;

  EarlierEvictions(RestartStore store) {
    this.store = store;
  }

  /**
   * Whether another one, begun earlier, may yet decide on an eviction. It may until its end is
   * recorded, for it can't record an eviction after that.
   */
  boolean mayComeOf(Restart restart) {
    return others(restart)
        .anyMatch(other -> !other.isFinished() && Restart.IN_TURN.compare(other, restart) < 0);
  }

  /** Those of Restarts that have ended, the last of which may yet take effect. */
  List<PodEviction> recorded(Restart restart) {
    return others(restart)
        .filter(Restart::isFinished)
        .flatMap(other -> other.status().evicting().stream())
        .toList();
  }

  private Stream<Restart> others(Restart restart) {
    return store.all().stream()
        .filter(other -> !other.key().equals(restart.key()))
        .filter(other -> other.followed().equals(restart.followed()))
        .filter(EarlierEvictions::evicts);
  }

  private static boolean evicts(Restart restart) {
    Trigger trigger = restart.status().trigger();
    return trigger != null && trigger.mechanism() == Mechanism.Eviction;
  }
}
