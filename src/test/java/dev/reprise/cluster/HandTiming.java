package dev.reprise.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only by waiting or by hand, and no chance. */
final class HandTiming {

  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
  final List<Duration> waits = new CopyOnWriteArrayList<>();

  Timing timing() {
    return new Timing(nanos::get, this::await, () -> 0L);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void await(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    waits.add(time);
    pass(time);
  }
}
