package dev.reprise.restart;

/** How far a Restart has come. */
public enum Phase {
  /** Nothing has been written to the workload. */
  Pending,
  /** The trigger is decided; pods are being replaced, or something keeps them from it. */
  Progressing,
  Succeeded,
  Failed,
  Cancelled,
  /** Somebody else's change took its place. */
  Superseded;

  /** Whether nothing more will happen to a Restart in this phase. */
  public boolean isFinished() {
    return switch (this) {
      case Pending, Progressing -> false;
      case Succeeded, Failed, Cancelled, Superseded -> true;
    };
  }
}
