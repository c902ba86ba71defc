package dev.reprise.security;

/** The OpenID Connect issuer, whose keys tokens are checked with, does not answer. */
public class IssuerUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IssuerUnavailable(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
