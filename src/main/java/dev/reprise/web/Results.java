package dev.reprise.web;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.Restart;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** A Restart's end as an HTTP status, so that a shell's exit code tells it. */
final class Results {

  private Results() {}

  static ResponseEntity<Object> answer(LiveRestart live, @Nullable String accept) {
    Restart restart = live.restart();
    return switch (restart.status().phase()) {
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
                          "The restart is still under way: " + restart.status().message()),
                      live));
    };
  }

  private static ResponseEntity<Object> problem(HttpStatus status, LiveRestart live) {
    Restart restart = live.restart();
    String code = "Restart" + restart.status().phase().name();
    return ResponseEntity.status(status)
        .body(
            withRestart(
                Problems.of(
                    status,
                    code,
                    "%s: %s".formatted(restart.status().reason(), restart.status().message())),
                live));
  }

  static ProblemDetail withRestart(ProblemDetail problem, LiveRestart restart) {
    problem.setProperty("restart", RestartResource.of(restart));
    return problem;
  }
}
