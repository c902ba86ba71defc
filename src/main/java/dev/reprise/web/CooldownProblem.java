package dev.reprise.web;

import dev.reprise.restart.Cooldown;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Tells who asks for a workload again too soon when to come back. */
final class CooldownProblem {

  private CooldownProblem() {}

  static ResponseEntity<Object> answer(Cooldown.Cooling cooling) {
    ProblemDetail problem = Problems.of(HttpStatus.TOO_MANY_REQUESTS, "Cooldown", message(cooling));
    problem.setProperty("restart", cooling.earlier().key().name());
    return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
        .header(HttpHeaders.RETRY_AFTER, Long.toString(seconds(cooling.left())))
        .body(problem);
  }

  static String message(Cooldown.Cooling cooling) {
    return "%s was restarted a short time ago, by %s; ask again in %d s"
        .formatted(
            cooling.earlier().followed(), cooling.earlier().key().name(), seconds(cooling.left()));
  }

  /** Rounded up: who comes then is not sent away again. */
  private static long seconds(Duration left) {
    return left.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
