package dev.reprise.cluster;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The API server's clock: what its last answer said, moved on by a monotonic clock. So neither a
 * wrong wall clock of ours nor a jump of it matters to a timeout. Safe for many threads.
 */
final class ServerClock implements InstantSource, Interceptor {

  /** Dates are whole seconds, and answers take their time: no reason to turn the clock back. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  private final InstantSource untilHeard;
  private final LongSupplier nanoTime;
  private volatile @Nullable Heard last;

  private record Heard(Instant time, long atNanos) {}

  /**
   * @param untilHeard stands in until the first answer
   */
  ServerClock(InstantSource untilHeard, LongSupplier nanoTime) {
    this.untilHeard = untilHeard;
    this.nanoTime = nanoTime;
  }

  /** Hears every answer, those of watches and refusals too. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    Date date = response.headers().getDate("Date");
    if (date != null) {
      hear(date.toInstant());
    }
    return response;
  }

  /** Takes in the time that an answer just gave. */
  synchronized void hear(Instant time) {
    Heard before = last;
    if (before != null) {
      Duration ahead = Duration.between(time, now(before));
      if (!ahead.isNegative() && ahead.compareTo(TOLERANCE) < 0) {
        return;
      }
    }
    last = new Heard(time, nanoTime.getAsLong());
  }

  @Override
  public Instant instant() {
    Heard heard = last;
    return heard == null ? untilHeard.instant() : now(heard);
  }

  private Instant now(Heard heard) {
    return heard.time().plusNanos(nanoTime.getAsLong() - heard.atNanos());
  }
}
