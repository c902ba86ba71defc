package dev.reprise.restart;

/** What to do while another Restart of the same workload is under way. */
public enum WhenBusy {
  /** Answer that it is busy, and by which Restart. */
  Reject
}
