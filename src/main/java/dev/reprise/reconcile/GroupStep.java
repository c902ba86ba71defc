package dev.reprise.reconcile;

import dev.reprise.restart.RestartGroup;

/** What one step of a group came to. */
sealed interface GroupStep {

  /** It has moved on and can go further at once. */
  record Advanced(RestartGroup group) implements GroupStep {}

  /** Somebody else wrote to it meanwhile: it has to be looked at as it is now. */
  record Overtaken() implements GroupStep {}

  /** It can't go further now. */
  record Resting(Step.Rest rest) implements GroupStep {}
}
