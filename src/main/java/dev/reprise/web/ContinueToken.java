package dev.reprise.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A place in a list as a text that callers send back and need not understand. */
final class ContinueToken {

  private ContinueToken() {}

  static String of(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place; what it says is still untrusted.
   *
   * @throws InvalidRequest when it was never a token
   */
  static String placeOf(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw invalid();
    }
  }

  static InvalidRequest invalid() {
    return new InvalidRequest("continue", "must be the token of an earlier answer");
  }
}
