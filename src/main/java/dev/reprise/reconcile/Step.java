package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import java.time.Duration;

/** What one step of a Restart came to. */
sealed interface Step {

  /** It has moved on and can go further at once. */
  record Advanced(Restart restart) implements Step {}

  /** Somebody else wrote to it, or the cluster was not to be had: look again after a while. */
  record Again(Duration after) implements Step {}

  /** Nothing to do until something changes, or this time has gone by. */
  record Wait(Duration atMost) implements Step {}

  /** Nothing is left to do. */
  record Done() implements Step {}
}
