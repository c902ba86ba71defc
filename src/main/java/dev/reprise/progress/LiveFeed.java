package dev.reprise.progress;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway.Following;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One Restart under the eyes of many. Each change is computed and rendered once; a reader that is
 * slow misses what came in between, never the last.
 *
 * @param <T> what a change is rendered as
 */
final class LiveFeed<T> {

  private final AnyRestart initial;
  private final RestartStore store;
  private final LiveProgress progress;
  private final Function<Live, T> render;
  private final Executor executor;
  private final AtomicBoolean stale = new AtomicBoolean();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final @Nullable Following following;
  private @Nullable Live last;
  private @Nullable T rendered;

  /** Whether the cache has had it: right after the create it may not have it yet. */
  private volatile boolean known;

  private long number;
  private boolean gone;
  private boolean released;

  /**
   * @param initial as it was found
   * @param follow begins to watch the Restart's workload; null where it has none
   * @param executor for what is too long for a watching thread
   */
  LiveFeed(
      AnyRestart initial,
      RestartStore store,
      LiveProgress progress,
      Function<Live, T> render,
      Executor executor,
      Function<Runnable, @Nullable Following> follow) {
    this.initial = initial;
    this.store = store;
    this.progress = progress;
    this.render = render;
    this.executor = executor;
    this.following = follow.apply(this::changed);
  }

  /** Something may have changed; returns at once. */
  void changed() {
    if (stale.compareAndSet(false, true)) {
      executor.execute(this::refresh);
    }
  }

  private void refresh() {
    refreshing.lock();
    try {
      stale.set(false);
      Optional<AnyRestart> restart = restart();
      if (restart.isEmpty()) {
        publish(null, null);
        return;
      }
      Live now = now(restart.get());
      if (last == null || !now.tellsTheSameAs(last)) {
        publish(now, render.apply(now));
      }
    } finally {
      refreshing.unlock();
    }
  }

  private Live now(AnyRestart any) {
    return switch (any) {
      case Restart restart when following != null -> progress.now(restart, following);
      case Restart restart -> progress.now(restart);
      case RestartGroup group -> progress.now(group);
    };
  }

  private Optional<AnyRestart> restart() {
    Optional<AnyRestart> cached = store.cached(initial.key());
    if (cached.isPresent() || known) {
      known = true;
      return cached;
    }
    try {
      return store.find(initial.key());
    } catch (ClusterUnavailable | ClusterRefused _) {
      return Optional.of(initial);
    }
  }

  private void publish(@Nullable Live now, @Nullable T as) {
    lock.lock();
    try {
      gone = now == null;
      last = now;
      rendered = as;
      number++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      released = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something newer than {@code seen}, the number of the update heard last. */
  Told<T> next(long seen, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (true) {
        if (released) {
          return new Told.Stopping<>();
        }
        if (gone) {
          return new Told.Gone<>();
        }
        if (number > seen && last != null && rendered != null) {
          return new Told.Changed<>(last, rendered, number);
        }
        if (left <= 0) {
          if (!known) {
            // It may have come and gone without the cache ever having it.
            changed();
          }
          return new Told.Quiet<>();
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    if (following != null) {
      following.close();
    }
  }
}
