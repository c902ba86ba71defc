package dev.reprise.restart;

import java.util.function.Supplier;

/** Numbers all writes to the fake cluster, whatever they change, and lets one of them go wrong. */
public final class Writes {

  /** What may befall a write. */
  public enum Fault {
    /** The process ends before the write is sent. */
    DiesBefore,
    /** The process ends after the write took effect. */
    DiesAfter,
    /** The write never arrives, and no answer comes. */
    RequestLost,
    /** The write takes effect, and no answer comes. */
    AnswerLost
  }

  /** The process was killed: nothing in it may catch this and go on. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private int made;
  private int faultyOne;
  private Fault fault = Fault.DiesBefore;
  private Runnable before = () -> {};

  /** The write with this number, counted from one and from the beginning, meets the fault. */
  public void failAt(int number, Fault what) {
    faultyOne = number;
    fault = what;
  }

  /** How many writes were tried. */
  public int made() {
    return made;
  }

  /** Done before each write from now on, on whose way it is. */
  public void beforeEach(Runnable action) {
    before = action;
  }

  <T> T make(Supplier<T> write, Supplier<T> unanswered) {
    before.run();
    made++;
    if (made != faultyOne) {
      return write.get();
    }
    return switch (fault) {
      case DiesBefore -> throw new Killed();
      case DiesAfter -> {
        write.get();
        throw new Killed();
      }
      case RequestLost -> unanswered.get();
      case AnswerLost -> {
        write.get();
        yield unanswered.get();
      }
    };
  }
}
