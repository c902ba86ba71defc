package dev.reprise.prediction;

/**
 * What becomes of a restart.
 *
 * @param code why, in the words of whoever says so; empty where it goes well
 * @param accepted whether it was refused for certain downtime first, and this came of it when that
 *     was accepted
 */
record Outcome(What what, String code, boolean accepted) {

  private static final String REFUSED_FIRST = "Refused: CertainDowntime; accepted: ";

  enum What {
    Refused,
    /** Begun, and then it can't go on by itself. */
    Blocked,
    Succeeds,
    NothingToRestart,
    /** Ends in another way, or at its timeout while something still moves. Never predicted. */
    Fails
  }

  static Outcome of(What what, String code) {
    return new Outcome(what, code, false);
  }

  Outcome whenAccepted() {
    return new Outcome(what, code, true);
  }

  /** A refusal has one code; what blocks has one name in a plan and another in a restart. */
  boolean bearsOut(Outcome predicted) {
    return what == predicted.what
        && accepted == predicted.accepted
        && (what != What.Refused || code.equals(predicted.code));
  }

  @Override
  public String toString() {
    return (accepted ? REFUSED_FIRST : "") + (code.isEmpty() ? what.name() : what + ": " + code);
  }
}
