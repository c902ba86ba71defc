package dev.reprise.security;

import dev.reprise.restart.Caller;

/** Tells who holds a bearer token. Safe for use by many threads. */
public interface Identities {

  /**
   * Whose token it is.
   *
   * @throws dev.reprise.restart.ClusterUnavailable when the API server, which knows, does not
   *     answer
   * @throws dev.reprise.restart.ClusterRefused when it does not let us ask
   * @throws IssuerUnavailable when the OpenID Connect issuer, which knows, does not answer
   */
  Identity of(String token);

  /** What a token says. */
  sealed interface Identity {

    record Known(Caller caller) implements Identity {}

    /** It is no token, has expired, was withdrawn, or is meant for somebody else. */
    record Unknown() implements Identity {}
  }
}
