package dev.reprise.cluster;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;

/** What the API server did not do for us, in the words of the use case. */
final class Failures {

  private Failures() {}

  /** Nothing can have been changed by what failed. */
  static RuntimeException ofRead(ApiFailure failure) {
    return of(failure, false);
  }

  /** Something may have been changed, if no answer came. */
  static RuntimeException ofWrite(ApiFailure failure) {
    return of(failure, failure.outcomeUnknown());
  }

  /** For a kind that it does not have, the API server sends a 404 without a Status. */
  static boolean isUnknownResource(ApiFailure failure) {
    return failure.code() == 404 && failure.reason().isEmpty();
  }

  private static RuntimeException of(ApiFailure failure, boolean maybeChanged) {
    int code = failure.code();
    boolean isRefusal = code >= 400 && code < 500 && code != 429;
    return isRefusal
        ? new ClusterRefused(String.valueOf(failure.getMessage()), failure)
        : new ClusterUnavailable(
            String.valueOf(failure.getMessage()), maybeChanged, failure.retryAfter(), failure);
  }
}
