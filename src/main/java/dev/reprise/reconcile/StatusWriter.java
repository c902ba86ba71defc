package dev.reprise.reconcile;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records how far a Restart has come; every write is a compare-and-set. */
final class StatusWriter {

  private static final Logger LOGGER = LoggerFactory.getLogger(StatusWriter.class);

  private final RestartStore store;
  private final InstantSource clock;

  StatusWriter(RestartStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The API server's time, as exact as anybody needs it in a record. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Step write(Restart restart, RestartStatus status) {
    return store
        .updateStatus(restart, status)
        .<Step>map(Step.Advanced::new)
        .orElseGet(Step.Overtaken::new);
  }

  Step finish(Restart restart, Phase phase, String reason, String message) {
    Step step = write(restart, restart.status().finished(phase, reason, message, now()));
    if (step instanceof Step.Advanced) {
      LOGGER
          .atInfo()
          .addKeyValue("restart", restart.key())
          .addKeyValue("workload", restart.target())
          .addKeyValue("phase", phase)
          .addKeyValue("reason", reason)
          .log("Restart finished");
    }
    return step;
  }
}
