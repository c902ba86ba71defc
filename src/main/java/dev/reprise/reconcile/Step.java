package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one step of a Restart came to. */
sealed interface Step {

  /**
   * It has moved on and can go further at once.
   *
   * @param justRead the workload as it was read live for this, which saves the next step from
   *     reading it again; null when it was not
   */
  record Advanced(Restart restart, @Nullable WorkloadState justRead) implements Step {
    Advanced(Restart restart) {
      this(restart, null);
    }
  }

  /** Somebody else wrote to it meanwhile: it has to be looked at as it is now. */
  record Overtaken() implements Step {}

  /** It can't go further now. */
  sealed interface Rest extends Step {}

  /** The cluster was not to be had, or asked for time: not before this has gone by. */
  record Again(Duration after) implements Rest {}

  /** Nothing to do until something changes, or this time has gone by. */
  record Wait(Duration atMost) implements Rest {}

  /** Nothing is left to do. */
  record Done() implements Rest {}
}
