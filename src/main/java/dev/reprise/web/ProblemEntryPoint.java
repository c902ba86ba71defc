package dev.reprise.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has {@link ProblemAdvice} answer whoever is not let in, as it does everybody else. */
final class ProblemEntryPoint implements AuthenticationEntryPoint {

  private final HandlerExceptionResolver problems;

  ProblemEntryPoint(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException refused) {
    Exception told =
        refused instanceof BearerTokens.NotAsked notAsked ? notAsked.failure() : refused;
    problems.resolveException(request, response, null, told);
  }
}
