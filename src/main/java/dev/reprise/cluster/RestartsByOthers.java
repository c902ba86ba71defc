package dev.reprise.cluster;

/** What becomes of Restarts that somebody else wrote, with kubectl for instance. */
enum RestartsByOthers {

  /**
   * Nothing: they are as good as not there. What we make ourselves shows it by a status, which
   * nobody else may write.
   */
  Ignore,

  /** The same as of our own, since an admission policy holds their writers to what they may do. */
  Accept
}
