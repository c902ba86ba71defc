package dev.reprise.testcluster;

/** A test cluster can't be built, started or used; the message says what to do about it. */
public final class ClusterFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ClusterFailure(String message) {
    super(message);
  }

  ClusterFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
