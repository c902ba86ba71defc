package dev.reprise.web;

import dev.reprise.restart.Caller;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who makes the request that this thread answers. */
final class Callers {

  private Callers() {}

  static Caller current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? caller
        : Caller.ANONYMOUS;
  }
}
