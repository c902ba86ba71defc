package dev.reprise.web;

import dev.reprise.restart.Restart;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** A Restart's end as an HTTP status, so that a shell's exit code tells it. */
final class Results {

  private Results() {}

  static ResponseEntity<Object> answer(Restart restart) {
    return switch (restart.status().phase()) {
      case Succeeded -> ResponseEntity.ok(RestartResource.of(restart));
      case Cancelled, Superseded -> problem(HttpStatus.CONFLICT, restart);
      case Failed -> problem(HttpStatus.FAILED_DEPENDENCY, restart);
      case Pending, Progressing ->
          ResponseEntity.status(HttpStatus.GATEWAY_TIMEOUT)
              .header("Retry-After", "1")
              .body(
                  withRestart(
                      Problems.of(
                          HttpStatus.GATEWAY_TIMEOUT,
                          "NotFinished",
                          "The restart is still under way: " + restart.status().message()),
                      restart));
    };
  }

  private static ResponseEntity<Object> problem(HttpStatus status, Restart restart) {
    String code = "Restart" + restart.status().phase().name();
    return ResponseEntity.status(status)
        .body(
            withRestart(
                Problems.of(
                    status,
                    code,
                    "%s: %s".formatted(restart.status().reason(), restart.status().message())),
                restart));
  }

  private static ProblemDetail withRestart(ProblemDetail problem, Restart restart) {
    problem.setProperty("restart", RestartResource.of(restart));
    return problem;
  }
}
