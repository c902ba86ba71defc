package dev.reprise.web;

import static org.springframework.http.MediaType.TEXT_PLAIN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/** The request headers that steer a call. */
final class RequestHeaders {

  /** Proxies commonly cut a silent connection after 60 s. */
  private static final long LONGEST_WAIT_SECONDS = 50;

  private static final Pattern WAIT =
      Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,6})\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern KEY =
      Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,253}[\\x21-\\x7e])?");

  private RequestHeaders() {}

  /** The wait of {@code Prefer: wait=N} (RFC 7240), cut to what a proxy lets through. */
  static Optional<Duration> waitOf(@Nullable String prefer) {
    if (prefer == null) {
      return Optional.empty();
    }
    Matcher matcher = WAIT.matcher(prefer);
    return matcher.find()
        ? Optional.of(
            Duration.ofSeconds(Math.min(Long.parseLong(matcher.group(1)), LONGEST_WAIT_SECONDS)))
        : Optional.empty();
  }

  /** Whether a person reads the answer: {@code Accept} ranks plain text before JSON. */
  static boolean prefersText(@Nullable String accept) {
    if (accept == null) {
      return false;
    }
    try {
      List<MediaType> ranked = new ArrayList<>(MediaType.parseMediaTypes(accept));
      MimeTypeUtils.sortBySpecificity(ranked);
      ranked.sort(Comparator.comparingDouble(MediaType::getQualityValue).reversed());
      return ranked.stream()
          .filter(type -> type.includes(MediaType.APPLICATION_JSON) || type.includes(TEXT_PLAIN))
          .findFirst()
          .filter(type -> !type.includes(MediaType.APPLICATION_JSON))
          .isPresent();
    } catch (InvalidMediaTypeException _) {
      throw new InvalidRequest("Accept", "is not a list of media types");
    }
  }

  /** The Idempotency-Key, with or without the quotes that its draft asks for; null when absent. */
  static @Nullable String idempotencyKey(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String key =
        header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"")
            ? header.substring(1, header.length() - 1)
            : header;
    if (!KEY.matcher(key).matches()) {
      throw new InvalidRequest("Idempotency-Key", "must have 1 to 255 printable ASCII characters");
    }
    return key;
  }
}
