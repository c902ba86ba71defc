package dev.reprise.cluster;

import dev.reprise.cluster.ApiRequest.Verb;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The API server refused a request, or did not answer it. */
final class ApiFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiRequest request;
  private final transient Answer answer;

  /**
   * What came back.
   *
   * @param code the HTTP status; 0 when no whole answer came
   * @param reason of the Kubernetes Status object; empty when there was none
   * @param message what the server said, or why there was no answer
   * @param causes the reasons in the details of the Status object, for instance {@code
   *     DisruptionBudget}
   * @param retryAfter how long the server asked to be left alone; null when it did not
   * @param sent whether the request may have reached the server
   */
  record Answer(
      int code,
      String reason,
      String message,
      Set<String> causes,
      @Nullable Duration retryAfter,
      boolean sent) {

    Answer {
      causes = Set.copyOf(causes);
    }
  }

  ApiFailure(ApiRequest request, Answer answer, @Nullable Throwable cause) {
    super(describe(request, answer), cause);
    this.request = request;
    this.answer = answer;
  }

  /** The HTTP status; 0 when no whole answer came. */
  int code() {
    return answer.code();
  }

  /** For instance {@code Conflict}; empty when the server gave none. */
  String reason() {
    return answer.reason();
  }

  /** What the server itself said, or why there was no answer. */
  String serverMessage() {
    return answer.message();
  }

  boolean hasCause(String cause) {
    return answer.causes().contains(cause);
  }

  /** How long the server asked to be left alone; null when it did not. */
  @Nullable Duration retryAfter() {
    return answer.retryAfter();
  }

  Verb verb() {
    return request.verb();
  }

  ApiPath path() {
    return request.path();
  }

  /** Whether the request never left us, so that it may be made again whatever it is. */
  boolean neverSent() {
    return !answer.sent();
  }

  /**
   * Whether this was a write that may have taken effect all the same. A server error counts, since
   * the API server also says so when etcd took the write and the answer was lost.
   */
  boolean outcomeUnknown() {
    return unknown(request, answer);
  }

  private static boolean unknown(ApiRequest request, Answer answer) {
    boolean noClearAnswer = answer.code() == 0 || answer.code() >= 500;
    return request.verb().changesSomething() && answer.sent() && noClearAnswer;
  }

  private static String describe(ApiRequest request, Answer answer) {
    String status = answer.code() == 0 ? "no answer" : answer.code() + " " + answer.reason();
    String effect = unknown(request, answer) ? " (it may have taken effect)" : "";
    return request + ": " + status.strip() + ": " + answer.message() + effect;
  }
}
