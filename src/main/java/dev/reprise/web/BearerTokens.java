package dev.reprise.web;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.security.Identities;
import dev.reprise.security.Identities.Identity;
import dev.reprise.security.IssuerUnavailable;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** Makes of a bearer token the caller who holds it; the token itself is kept nowhere. */
final class BearerTokens implements AuthenticationManager {

  private final Identities identities;

  BearerTokens(Identities identities) {
    this.identities = identities;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    if (!(authentication instanceof BearerTokenAuthenticationToken bearer)) {
      throw new InvalidBearerTokenException("Only bearer tokens are known");
    }
    try {
      return switch (identities.of(bearer.getToken())) {
        case Identity.Known(var caller) ->
            new PreAuthenticatedAuthenticationToken(caller, "", List.of());
        case Identity.Unknown() -> throw new InvalidBearerTokenException("Nobody's token");
      };
    } catch (ClusterUnavailable | ClusterRefused | IssuerUnavailable failure) {
      throw new NotAsked(failure);
    }
  }

  /** Whose token it is could not be found out. */
  static final class NotAsked extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    NotAsked(RuntimeException failure) {
      super(String.valueOf(failure.getMessage()), failure);
      this.failure = failure;
    }

    RuntimeException failure() {
      return failure;
    }
  }
}
