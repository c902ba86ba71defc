package dev.reprise.cluster;

import java.time.Duration;

/** Which failed requests are made again, without whoever called noticing. */
final class Repetition {

  /** The wait between two attempts; the server may ask for a longer one. */
  static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private Repetition() {}

  /**
   * A write is made again only if it is certain not to have taken effect, or if a second time is
   * refused with 409 after a first that did.
   */
  static boolean isAllowed(ApiRequest request, ApiFailure failure) {
    if (failure.getCause() instanceof ApiConnection.NoneKnown) {
      return false;
    }
    if (failure.neverSent() || isFlowControl(failure)) {
      return true;
    }
    if (request.verb().changesSomething()) {
      boolean turnedAway = failure.code() == 503 && failure.retryAfter() != null;
      return turnedAway && request.hasPrecondition();
    }
    return switch (failure.code()) {
      case 0, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /**
   * A disruption budget's no comes as 429 too, but tells whoever evicts something: it is no
   * overload. https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
   */
  private static boolean isFlowControl(ApiFailure failure) {
    return failure.code() == 429 && !failure.hasCause("DisruptionBudget");
  }
}
