package dev.reprise.security;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jwt.JWTParser;
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
  private final AsyncCache<String, Found> found;

  /** An answer, or what went wrong with the question, which is remembered for nobody. */
  private sealed interface Found {

    record Answered(Identity identity, Duration lasting) implements Found {}

    record Failed(RuntimeException failure) implements Found {}

    default Duration lasts() {
      return switch (this) {
        case Answered(Identity _, Duration lasting) -> lasting;
        case Failed _ -> Duration.ZERO;
      };
    }
  }

  /**
   * @param clock the API server's time
   * @param nanoTime what remembering is measured by
   * @param threads a new one for each question
   */
  RememberedIdentities(Identities asked, InstantSource clock, Ticker nanoTime, Executor threads) {
    this.asked = asked;
    this.clock = clock;
    this.found =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfter(Expiry.<String, Found>creating((_, answer) -> answer.lasts()))
            .ticker(nanoTime)
            .executor(threads)
            .buildAsync();
  }

  @Override
  public Identity of(String token) {
    return switch (found.get(hash(token), _ -> ask(token)).join()) {
      case Found.Answered(Identity identity, Duration _) -> identity;
      case Found.Failed(RuntimeException failure) -> throw failure;
    };
  }

  private Found ask(String token) {
    try {
      return switch (asked.of(token)) {
        case Identity.Known known -> new Found.Answered(known, untilExpiry(token));
        case Identity.Unknown unknown -> new Found.Answered(unknown, UNKNOWN);
      };
    } catch (RuntimeException failure) {
      return new Found.Failed(failure);
    }
  }

  /** By what it says itself, which nobody has checked here: it can only make this shorter. */
  private Duration untilExpiry(String token) {
    return expiry(token)
        .map(expiry -> Duration.between(clock.instant(), expiry))
        .filter(left -> left.compareTo(KNOWN) < 0)
        .map(left -> left.isNegative() ? Duration.ZERO : left)
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
