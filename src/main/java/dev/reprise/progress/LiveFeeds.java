package dev.reprise.progress;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers follow Restarts as they change, all of them by the watches that are there anyway:
 * however many follow, the API server gets no request more. Safe for many threads.
 *
 * @param <T> what a change is rendered as, once for all who follow
 */
public final class LiveFeeds<T> {

  private final RestartStore store;
  private final WorkloadGateway workloads;
  private final LiveProgress progress;
  private final Function<Live, T> render;
  private final Executor executor;
  private final Map<RestartKey, Shared<T>> feeds = new HashMap<>();
  private boolean released;

  private static final class Shared<T> {
    final LiveFeed<T> feed;
    int readers;

    Shared(LiveFeed<T> feed) {
      this.feed = feed;
    }
  }

  /**
   * @param executor computes and renders changes; not the watching threads, which must be quick
   */
  public LiveFeeds(
      RestartStore store,
      WorkloadGateway workloads,
      LiveProgress progress,
      Function<Live, T> render,
      Executor executor) {
    this.store = store;
    this.workloads = workloads;
    this.progress = progress;
    this.render = render;
    this.executor = executor;
    store.listen(this::changed);
  }

  /** Follows this Restart; the caller closes the reader. */
  public Reader<T> open(AnyRestart restart) {
    LiveFeed<T> feed = acquire(restart);
    feed.changed();
    return new Reader<>(this, restart.key(), feed);
  }

  /** Ends all following, now and from now on: the service is about to stop. */
  public synchronized void release() {
    released = true;
    feeds.values().forEach(shared -> shared.feed.release());
  }

  private synchronized LiveFeed<T> acquire(AnyRestart restart) {
    Shared<T> shared = feeds.computeIfAbsent(restart.key(), _ -> new Shared<>(feed(restart)));
    shared.readers++;
    if (released) {
      shared.feed.release();
    }
    return shared.feed;
  }

  private LiveFeed<T> feed(AnyRestart any) {
    return new LiveFeed<>(
        any,
        store,
        progress,
        render,
        executor,
        onChange ->
            switch (any) {
              case Restart restart -> workloads.follow(restart.followed(), onChange);
              case RestartGroup _ -> null;
            });
  }

  private synchronized void leave(RestartKey key) {
    Shared<T> shared = feeds.get(key);
    if (shared != null && --shared.readers == 0) {
      feeds.remove(key);
      shared.feed.close();
    }
  }

  /** What a group tells changes with its members. */
  private void changed(RestartKey key) {
    @Nullable Shared<T> shared;
    @Nullable Shared<T> ofGroup;
    synchronized (this) {
      if (feeds.isEmpty()) {
        return;
      }
      shared = feeds.get(key);
      ofGroup = store.cachedOne(key).flatMap(Restart::groupKey).map(feeds::get).orElse(null);
    }
    if (shared != null) {
      shared.feed.changed();
    }
    if (ofGroup != null) {
      ofGroup.feed.changed();
    }
  }

  /** One caller's place in a feed; for one thread. */
  public static final class Reader<T> implements AutoCloseable {
    private final LiveFeeds<T> feeds;
    private final RestartKey key;
    private final LiveFeed<T> feed;
    private long seen;
    private boolean closed;

    private Reader(LiveFeeds<T> feeds, RestartKey key, LiveFeed<T> feed) {
      this.feeds = feeds;
      this.key = key;
      this.feed = feed;
    }

    /**
     * Waits for the next change; the first call tells how it stands.
     *
     * @param atMost how long to wait
     */
    public Told<T> next(Duration atMost) throws InterruptedException {
      Told<T> told = feed.next(seen, atMost);
      if (told instanceof Told.Changed<T> changed) {
        seen = changed.number();
      }
      return told;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        feeds.leave(key);
      }
    }
  }
}
