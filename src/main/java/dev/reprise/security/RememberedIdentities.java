package dev.reprise.security;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jwt.JWTParser;
import dev.reprise.restart.Remembered;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Remembers for some seconds whose token it was, so that a caller who asks often costs the API
 * server little; as briefly as the API server itself does, since a token may be withdrawn. Tokens
 * are kept as hashes alone. Many who come with the same one at once cost one question.
 */
final class RememberedIdentities implements Identities {

  private static final Duration KNOWN = Duration.ofSeconds(10);

  /** Whoever guesses tokens must not push out those of others for long. */
  private static final Duration UNKNOWN = Duration.ofSeconds(2);

  private static final int MOST = 10_000;

  private final Identities asked;
  private final InstantSource clock;
  private final Remembered<String, Identity> remembered;

  /**
   * @param clock the API server's time
   * @param nanoTime what remembering is measured by
   * @param threads a new one for each question
   */
  RememberedIdentities(Identities asked, InstantSource clock, Ticker nanoTime, Executor threads) {
    this.asked = asked;
    this.clock = clock;
    this.remembered = new Remembered<>(MOST, nanoTime, threads);
  }

  @Override
  public Identity of(String token) {
    return remembered.ask(hash(token), () -> ask(token)).get();
  }

  private Remembered.Answer<Identity> ask(String token) {
    Identity identity = asked.of(token);
    return new Remembered.Answer<>(
        identity,
        switch (identity) {
          case Identity.Known _ -> untilExpiry(token);
          case Identity.Unknown() -> UNKNOWN;
        });
  }

  /** By what it says itself, which nobody has checked here: it can only make this shorter. */
  private Duration untilExpiry(String token) {
    return expiry(token)
        .map(expiry -> Duration.between(clock.instant(), expiry))
        .filter(left -> left.compareTo(KNOWN) < 0)
        .orElse(KNOWN);
  }

  private static Optional<Instant> expiry(String token) {
    try {
      return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet())
          .map(claims -> claims.getExpirationTime())
          .map(Date::toInstant);
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
