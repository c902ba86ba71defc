package dev.reprise.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Time and chance, so that tests hold them in their hands.
 *
 * @param nanoTime monotonic, in nanoseconds; jumps of the wall clock do not matter to anything here
 * @param random must bear several threads, as {@link java.util.Random} does
 */
record Timing(LongSupplier nanoTime, Waiter waiter, RandomGenerator random) {

  /** Lets time pass; {@code Thread::sleep} outside tests. */
  @FunctionalInterface
  interface Waiter {
    void await(Duration time) throws InterruptedException;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  Duration since(long nanos) {
    return Duration.ofNanos(now() - nanos);
  }
}
