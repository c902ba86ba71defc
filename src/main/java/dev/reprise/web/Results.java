package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveGroup;
import dev.reprise.progress.LiveRestart;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** A Restart's end as an HTTP status, so that a shell's exit code tells it. */
final class Results {

  private Results() {}

  static ResponseEntity<Object> answer(Live live, @Nullable String accept) {
    return switch (live.any().phase()) {
      case Succeeded -> Representation.of(live, accept, ResponseEntity.ok());
      case Cancelled, Superseded -> problem(HttpStatus.CONFLICT, live);
      case Failed -> problem(HttpStatus.FAILED_DEPENDENCY, live);
      case Pending, Progressing ->
          ResponseEntity.status(HttpStatus.GATEWAY_TIMEOUT)
              .header("Retry-After", "1")
              .body(
                  withRestart(
                      Problems.of(
                          HttpStatus.GATEWAY_TIMEOUT,
                          "NotFinished",
                          "The restart is still under way: " + message(live)),
                      live));
    };
  }

  private static ResponseEntity<Object> problem(HttpStatus status, Live live) {
    String code = "Restart" + live.any().phase().name();
    return ResponseEntity.status(status)
        .body(
            withRestart(
                Problems.of(status, code, "%s: %s".formatted(reason(live), message(live))), live));
  }

  static String reason(Live live) {
    return switch (live) {
      case LiveRestart one -> one.restart().status().reason();
      case LiveGroup all -> all.group().status().reason();
    };
  }

  static String message(Live live) {
    return switch (live) {
      case LiveRestart one -> one.restart().status().message();
      case LiveGroup all -> all.group().status().message();
    };
  }

  static ProblemDetail withRestart(ProblemDetail problem, Live live) {
    problem.setProperty("restart", AnyResource.of(live));
    return problem;
  }
}
