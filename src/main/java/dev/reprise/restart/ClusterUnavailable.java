package dev.reprise.restart;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The API server did not answer, or asked to be left alone for a while. */
public class ClusterUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean maybeChanged;
  private final @Nullable Duration retryAfter;

  /**
   * @param maybeChanged whether a write was on its way, so that something may have been changed
   * @param retryAfter how long the API server asked us to wait, or null
   */
  public ClusterUnavailable(
      String message,
      boolean maybeChanged,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.maybeChanged = maybeChanged;
    this.retryAfter = retryAfter;
  }

  public boolean maybeChanged() {
    return maybeChanged;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
