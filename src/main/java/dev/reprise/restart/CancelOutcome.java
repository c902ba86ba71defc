package dev.reprise.restart;

/** What became of a caller's wish to cancel a Restart. */
public sealed interface CancelOutcome {

  /** It is to be cancelled; how far that is, its status tells. */
  record Accepted(AnyRestart restart) implements CancelOutcome {}

  /** It had ended before, so nothing was changed. */
  record AlreadyFinished(AnyRestart restart) implements CancelOutcome {}

  record NoSuchRestart() implements CancelOutcome {}
}
