package dev.reprise.metrics;

import dev.reprise.restart.Leadership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells of each restart that ends, once: on the replica that leads then. One that falls between two
 * leaders is told by none of them. Of what only notes the configuration there is nothing to tell.
 */
final class EndedRestarts {

  private final RestartStore store;
  private final Leadership leadership;
  private final Consumer<Restart> told;
  private final Set<RestartKey> underWay = ConcurrentHashMap.newKeySet();

  private EndedRestarts(RestartStore store, Leadership leadership, Consumer<Restart> told) {
    this.store = store;
    this.leadership = leadership;
    this.told = told;
  }

  /**
   * @param told must be quick, since the watch waits for it
   */
  static void tell(RestartStore store, Leadership leadership, Consumer<Restart> told) {
    var _ = store.listen(new EndedRestarts(store, leadership, told)::changed);
  }

  /** One that ended before this replica has heard of it is not told: a list tells of many. */
  private void changed(RestartKey key) {
    store.cachedOne(key).ifPresentOrElse(this::look, () -> underWay.remove(key));
  }

  private void look(Restart restart) {
    if (!restart.isFinished()) {
      underWay.add(restart.key());
    } else if (underWay.remove(restart.key()) && leadership.isLeader() && !restart.isBaseline()) {
      told.accept(restart);
    }
  }
}
