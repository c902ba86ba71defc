package dev.reprise.restart;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes only when it is told to. */
public final class HandClock implements InstantSource {

  public static final Instant START = Instant.parse("2026-11-24T03:00:00Z");

  private volatile Instant now = START;

  public void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** Monotonic, in nanoseconds. */
  public long nanoTime() {
    return Duration.between(START, now).toNanos();
  }
}
