package dev.reprise.restart;

/** What to do while another Restart of the same workload is under way. */
public enum WhenBusy {
  /** Answer that it is busy, and by which Restart. */
  Reject,
  /** Begin when those that were there before have ended. */
  Wait,
  /** Share the Restart that has not begun and asks the same; where there is none, wait. */
  Join,
  /** Take the place of whatever is under way. */
  Supersede;

  /** Whether a Restart that has been recorded waits for its turn. */
  public boolean waits() {
    return switch (this) {
      case Wait, Join -> true;
      case Reject, Supersede -> false;
    };
  }
}
