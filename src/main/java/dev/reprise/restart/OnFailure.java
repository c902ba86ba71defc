package dev.reprise.restart;

/** What becomes of the rest of a group when a member of it does not succeed. */
public enum OnFailure {
  /** No further member begins; those under way go on to their end. */
  Stop,
  /** The others begin and end as if nothing had been. */
  Continue,
  /** No further member begins, and those under way are cancelled. */
  Cancel
}
