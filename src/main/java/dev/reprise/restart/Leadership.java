package dev.reprise.restart;

/** Which of the replicas carries restarts out. */
public interface Leadership {

  /** Whether this replica leads now; asked before each step, since it may end at any moment. */
  boolean isLeader();
}
