package dev.reprise.restart;

/** Which of the replicas carries restarts out. */
public interface Leadership {

  /** Whether this replica leads now; asked before each step, since it may end at any moment. */
  boolean isLeader();

  /**
   * Has this work begun and ended with each of our terms, after that which was given before; to be
   * called before the first one.
   */
  void whileLeading(Work work);

  /** What is done while leading. */
  interface Work {

    void start();

    /** Returns when the last step has ended. */
    void stop();
  }
}
