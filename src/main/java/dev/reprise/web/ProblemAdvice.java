package dev.reprise.web;

import dev.reprise.restart.AuditLog;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Forbidden;
import dev.reprise.security.IssuerUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what is thrown into problem details. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOGGER = LoggerFactory.getLogger(ProblemAdvice.class);

  private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);

  @ExceptionHandler
  ProblemDetail invalid(InvalidRequest invalid) {
    return Problems.invalid(invalid.field(), String.valueOf(invalid.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unavailable(ClusterUnavailable unavailable) {
    LOGGER
        .atWarn()
        .addKeyValue("cause", unavailable.getMessage())
        .log("The API server does not answer");
    String changed =
        unavailable.maybeChanged()
            ? "It is not known whether the request was recorded: repeat it (a new restart with the same"
                + " Idempotency-Key), or look at the list of restarts"
            : "Nothing was changed; try again later";
    ProblemDetail problem =
        Problems.of(
            unavailable.maybeChanged()
                ? HttpStatus.GATEWAY_TIMEOUT
                : HttpStatus.SERVICE_UNAVAILABLE,
            "ClusterUnavailable",
            "The Kubernetes API server does not answer. " + changed);
    Duration pause = Optional.ofNullable(unavailable.retryAfter()).orElse(USUAL_PAUSE);
    return ResponseEntity.status(problem.getStatus())
        .header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, pause.toSeconds())))
        .body(problem);
  }

  @ExceptionHandler
  ProblemDetail refused(ClusterRefused refused) {
    return Problems.of(
        HttpStatus.BAD_GATEWAY,
        "ClusterRefused",
        "The Kubernetes API server refused the request: "
            + refused.getMessage()
            + ". Nothing was changed");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unauthenticated(AuthenticationException refused) {
    return CallerProblems.unauthorized(refused instanceof InsufficientAuthenticationException);
  }

  @ExceptionHandler
  ResponseEntity<Object> issuerUnavailable(IssuerUnavailable unavailable) {
    LOGGER
        .atWarn()
        .addKeyValue("cause", unavailable.getMessage())
        .log("The OpenID Connect issuer does not answer");
    return Problems.answer(CallerProblems.issuerUnavailable());
  }

  @ExceptionHandler
  ResponseEntity<Object> forbidden(Forbidden forbidden) {
    AuditLog.denied(Callers.current(), String.valueOf(forbidden.getMessage()));
    return Problems.answer(CallerProblems.forbidden(forbidden));
  }

  @ExceptionHandler
  ProblemDetail wrongType(MethodArgumentTypeMismatchException mismatch) {
    return Problems.invalid(mismatch.getName(), "has a value of the wrong type");
  }

  /** Tomcat's; it reads the query when somebody asks for the first parameter. */
  @ExceptionHandler
  ProblemDetail unreadableQuery(InvalidParameterException unreadable) {
    return Problems.invalid("query", "can't be read: it takes name=value, percent-encoded");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .body(
            Problems.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Stopping",
                "The service is stopping; ask again in a moment"));
  }

  @ExceptionHandler
  ProblemDetail fault(RuntimeException fault) {
    LOGGER.atError().setCause(fault).log("A request failed");
    return Problems.of(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "InternalError",
        "Something went wrong inside Reprise; its log says what");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemDetail problem =
        unreadable.getCause() instanceof JacksonException json
            ? Problems.invalid(fieldOf(json), whatIsWrong(json))
            : Problems.invalid("body", "is missing or is not JSON");
    return ResponseEntity.badRequest().body(problem);
  }

  /** In our words: the parser's own name our classes, and are none of the caller's business. */
  private static String whatIsWrong(JacksonException json) {
    return switch (json) {
      case UnrecognizedPropertyException _ -> "is not a field that is known here";
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          mustBe(mismatch.getTargetType());
      default -> "is not JSON";
    };
  }

  private static String mustBe(Class<?> type) {
    if (type == Boolean.class) {
      return "must be true or false";
    }
    return type == String.class ? "must be a text" : "must be a JSON object";
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    HttpStatus known = Optional.ofNullable(HttpStatus.resolve(status.value())).orElseThrow();
    String detail =
        body instanceof ProblemDetail problem && problem.getDetail() != null
            ? problem.getDetail()
            : known.getReasonPhrase();
    return ResponseEntity.status(status)
        .headers(headers)
        .body(Problems.of(known, codeOf(known), detail));
  }

  private static String fieldOf(JacksonException json) {
    String path =
        json.getPath().stream()
            .map(reference -> String.valueOf(reference.getPropertyName()))
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "body" : path;
  }

  /** {@code Not Found} as {@code NotFound}. */
  static String codeOf(HttpStatus status) {
    return status.getReasonPhrase().replaceAll("[^A-Za-z]", "");
  }
}
