package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import java.time.Duration;

/** What one step of a Restart came to. */
sealed interface Step {

  /** It has moved on and can go further at once. */
  record Advanced(Restart restart) implements Step {}

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
