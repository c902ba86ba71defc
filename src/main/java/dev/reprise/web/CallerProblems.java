package dev.reprise.web;

import dev.reprise.restart.Forbidden;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Why somebody is not let in, or may not do what they ask for. */
final class CallerProblems {

  private CallerProblems() {}

  /** The same for a token that has expired, was withdrawn or is for somebody else. */
  static ResponseEntity<ProblemDetail> unauthorized(boolean isWithoutToken) {
    return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            isWithoutToken ? "Bearer" : "Bearer error=\"invalid_token\"")
        .body(
            Problems.of(
                HttpStatus.UNAUTHORIZED,
                "Unauthorized",
                (isWithoutToken
                        ? "This call takes a bearer token"
                        : "The bearer token is not accepted: it may have expired, or be meant for"
                            + " another audience")
                    + "; send Authorization: Bearer with a token for this service, for instance"
                    + " that of kubectl create token <serviceaccount> --audience reprise"));
  }

  static ProblemDetail issuerUnavailable() {
    return Problems.of(
        HttpStatus.SERVICE_UNAVAILABLE,
        "IssuerUnavailable",
        "The OpenID Connect issuer, whose keys tokens are checked with, does not answer."
            + " Nothing was changed; try again later");
  }

  static ProblemDetail forbidden(Forbidden forbidden) {
    return Problems.of(HttpStatus.FORBIDDEN, "Forbidden", String.valueOf(forbidden.getMessage()));
  }
}
