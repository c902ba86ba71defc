package dev.reprise.reconcile;

import dev.reprise.restart.RestartKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keys with work to do. A key is worked on by one thread at a time; added again meanwhile it is
 * worked on once more afterwards, however often it was added.
 */
final class WorkQueue implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(WorkQueue.class);

  /** More requests at once do not make the API server faster, only each of them slower. */
  private static final int AT_ONCE = 32;

  private static final Step.Rest AFTER_A_FAULT = new Step.Wait(Duration.ofSeconds(5));

  private final Function<RestartKey, Step.Rest> work;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reprise-timer").daemon().factory());
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Map<RestartKey, Entry> entries = new HashMap<>();
  private boolean closed;

  WorkQueue(Function<RestartKey, Step.Rest> work) {
    this.work = work;
  }

  private static final class Entry {
    boolean running;
    boolean again;

    /** Waits for a time that the cluster asked for, which no change cuts short. */
    boolean held;

    @Nullable ScheduledFuture<?> timer;
  }

  /** Asks for work on the key as soon as there is a place. */
  synchronized void add(RestartKey key) {
    if (closed) {
      return;
    }
    Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
    if (entry.running) {
      entry.again = true;
    } else if (!entry.held) {
      begin(key, entry);
    }
  }

  private void begin(RestartKey key, Entry entry) {
    cancelTimer(entry);
    entry.held = false;
    entry.again = false;
    entry.running = true;
    workers.execute(() -> run(key));
  }

  private void run(RestartKey key) {
    Step.Rest step = AFTER_A_FAULT;
    try {
      places.acquire();
      try {
        step = work.apply(key);
      } finally {
        places.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException fault) {
      // Close interrupts what is under way, and the next leader begins it anew.
      LOGGER
          .atLevel(isClosed() ? Level.DEBUG : Level.ERROR)
          .addKeyValue("restart", key)
          .setCause(fault)
          .log("Reconciling failed");
    } finally {
      settle(key, step);
    }
  }

  private synchronized void settle(RestartKey key, Step.Rest step) {
    Entry entry = entries.get(key);
    if (entry == null || closed) {
      return;
    }
    entry.running = false;
    switch (step) {
      case Step.Again(Duration after) -> {
        entry.held = true;
        beginAfter(key, entry, after);
      }
      case Step.Wait _, Step.Done() when entry.again -> begin(key, entry);
      case Step.Wait(Duration atMost) -> beginAfter(key, entry, atMost);
      case Step.Done() -> entries.remove(key);
    }
  }

  private void beginAfter(RestartKey key, Entry entry, Duration delay) {
    entry.timer =
        timer.schedule(
            () -> due(key, entry), TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
  }

  private synchronized void due(RestartKey key, Entry entry) {
    if (!closed && !entry.running) {
      begin(key, entry);
    }
  }

  private static void cancelTimer(Entry entry) {
    ScheduledFuture<?> scheduled = entry.timer;
    if (scheduled != null) {
      scheduled.cancel(false);
      entry.timer = null;
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Ends all work; returns when the last worker has stopped. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      entries.clear();
    }
    timer.shutdownNow();
    workers.shutdownNow();
    workers.close();
  }
}
