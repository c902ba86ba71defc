package dev.reprise.restart;

/** The API server understood what we asked and refused it, for instance for want of a right. */
public class ClusterRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ClusterRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
