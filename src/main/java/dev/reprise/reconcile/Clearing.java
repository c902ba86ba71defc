package dev.reprise.reconcile;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.RestartStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes finished Restarts that were kept long enough, a part of them in each round. */
final class Clearing implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Clearing.class);

  private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(1);

  /** So that a list that has grown for a year burdens nobody: 6,000 an hour. */
  private static final int MOST_IN_A_ROUND = 100;

  private final RestartStore store;
  private final Keeping keeping;
  private final Leadership leadership;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reprise-clearing").daemon().factory());

  Clearing(RestartStore store, Keeping keeping, Leadership leadership, InstantSource clock) {
    this.store = store;
    this.keeping = keeping;
    this.leadership = leadership;
    this.clock = clock;
  }

  /** Has a round made now, and one each minute from then on. */
  void start() {
    var _ =
        timer.scheduleWithFixedDelay(this::round, 0, BETWEEN_ROUNDS.toSeconds(), TimeUnit.SECONDS);
  }

  /** What could not be deleted, the next round tries again. */
  void round() {
    try {
      List<AnyRestart> overdue =
          keeping.overdue(store.everything(), clock.instant()).stream()
              .limit(MOST_IN_A_ROUND)
              .toList();
      long deleted = overdue.stream().filter(this::delete).count();
      if (deleted > 0) {
        LOGGER.atInfo().addKeyValue("deleted", deleted).log("Finished restarts were cleared away");
      }
    } catch (ClusterUnavailable | ClusterRefused failed) {
      LOGGER
          .atWarn()
          .addKeyValue("cause", failed.getMessage())
          .log("Finished restarts could not be cleared away; trying again in a minute");
    }
  }

  private boolean delete(AnyRestart restart) {
    return leadership.isLeader() && store.delete(restart);
  }

  /** Ends it; a delete on its way may yet take effect. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
