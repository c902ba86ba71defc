package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps a copy of all objects of a kind, or of those selected, in one namespace or everywhere: one
 * list, page by page, then a watch that goes on where it stopped. A fresh list only when the API
 * server no longer knows that place. Lives once: started, then stopped.
 *
 * <p>The list is paged rather than streamed ({@code sendInitialEvents}): that needs no feature of
 * the API server, and since 1.34 it serves pages from its cache too.
 */
final class Reflector<T> {

  private static final Logger LOGGER = LoggerFactory.getLogger(Reflector.class);

  /**
   * Begins as client-go's reflector does, but stops at 10 s instead of 30: until we are back, every
   * caller is told 503, and one list a kind each 10 s is little for an API server that answers.
   */
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(800), Duration.ofSeconds(10));

  private static final Duration WHILE_ABSENT = Duration.ofSeconds(30);

  /** A watch that lasted this long was no failure, though it may have had nothing to say. */
  private static final Duration HEALTHY_AFTER = Duration.ofSeconds(10);

  private final KubernetesApi api;
  private final ApiPath collection;
  private final Selection selection;
  private final Timing timing;
  private final ObjectCache<T> cache;
  private final CountDownLatch synced = new CountDownLatch(1);
  private final List<Runnable> whenSynced = new CopyOnWriteArrayList<>();
  private final Thread thread;

  private volatile boolean stopped;
  private volatile boolean absent;
  private volatile long heardAt;
  private volatile boolean broken;
  private volatile @Nullable ApiFailure lastFailure;
  private volatile @Nullable WatchStream open;
  private @Nullable String resourceVersion;
  private int failures;
  private int events;

  /**
   * @param trim what is kept of each object; called by the watching thread
   */
  Reflector(
      KubernetesApi api,
      ApiPath collection,
      Selection selection,
      Function<JsonObject, T> trim,
      Timing timing) {
    this.api = api;
    this.collection = collection;
    this.selection = selection;
    this.timing = timing;
    this.cache = new ObjectCache<>(trim);
    this.heardAt = timing.now();
    this.thread = Thread.ofVirtual().name("watch " + collection).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends the watch at once; a listener that is being called may still return after this. */
  void stop() {
    stopped = true;
    WatchStream stream = open;
    if (stream != null) {
      stream.cancel();
    }
    thread.interrupt();
  }

  /**
   * Adds a listener for what changes from now on; what is there already, it has to look up itself
   * afterwards.
   */
  Listening listen(ObjectCache.Listener<T> listener) {
    cache.add(listener);
    return () -> cache.remove(listener);
  }

  /** Has this called, by the watching thread, when {@link #isSynced} becomes true. */
  void whenSynced(Runnable told) {
    whenSynced.add(told);
  }

  /** To be closed when no longer interested. */
  @FunctionalInterface
  interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  Optional<T> get(String namespace, String name) {
    return cache.get(new ObjectKey(namespace, name));
  }

  List<T> all() {
    return cache.all();
  }

  List<T> inNamespace(String namespace) {
    return cache.inNamespace(namespace);
  }

  /** Takes in what the API server answered to a write of ours, before the watch tells of it. */
  void wrote(JsonObject object) {
    cache.wrote(object);
  }

  /** Whether it is known what is there: after a first complete list, or when the kind is absent. */
  boolean isSynced() {
    return synced.getCount() == 0;
  }

  /** Whether all is listed, and the watch has not ended since without another in its place. */
  boolean isUnbroken() {
    return isSynced() && !broken;
  }

  /** Waits for {@link #isSynced}; false when it took longer. */
  boolean awaitSynced(Duration atMost) throws InterruptedException {
    return synced.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether the cluster has no such kind, as while its custom resource definition is missing. */
  boolean isAbsent() {
    return absent;
  }

  /**
   * How long nothing was heard from the API server about this kind: no list, no event, no bookmark.
   * More than a minute or two is a reason to worry.
   */
  Duration silence() {
    return timing.since(heardAt);
  }

  /** What kind of object it keeps. */
  ApiResource resource() {
    return collection.resource();
  }

  /** Whether objects of this namespace are among those watched. */
  boolean covers(String namespace) {
    return collection.namespace() == null || collection.namespace().equals(namespace);
  }

  /** What went wrong last; null while all is well. */
  @Nullable ApiFailure lastFailure() {
    return lastFailure;
  }

  private void run() {
    while (!stopped) {
      Duration pause = round();
      if (!stopped && pause.isPositive()) {
        await(pause);
      }
    }
  }

  /** Lists if need be, and watches until that ends; returns how long to wait before the next. */
  private Duration round() {
    try {
      String from = resourceVersion;
      if (from == null) {
        from = list();
      }
      return watch(from);
    } catch (ApiFailure failure) {
      return failed(failure);
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("watch", collection).setCause(e).log("A fault in the watch");
      resourceVersion = null;
      return pause(null);
    }
  }

  private String list() {
    Set<ObjectKey> listed = new HashSet<>();
    String version = api.list(collection, selection, object -> listed.add(cache.put(object)));
    cache.retain(listed, new ResourceVersion(version));
    resourceVersion = version;
    absent = false;
    heard();
    tellSynced();
    return version;
  }

  private void tellSynced() {
    if (!isSynced()) {
      synced.countDown();
      whenSynced.forEach(Runnable::run);
    }
  }

  private Duration watch(String from) {
    long began = timing.now();
    int before = events;
    try (WatchStream stream = open(from)) {
      read(stream);
    } catch (IOException e) {
      LOGGER
          .atDebug()
          .addKeyValue("watch", collection)
          .addKeyValue("cause", e.toString())
          .log("The watch broke");
    } finally {
      open = null;
      broken = true;
      if (lasted(began)) {
        failures = 0;
      }
    }
    if (lasted(began)) {
      return Duration.ZERO;
    }
    if (events != before) {
      failures = 0;
    }
    return pause(null);
  }

  private boolean lasted(long began) {
    return timing.since(began).compareTo(HEALTHY_AFTER) >= 0;
  }

  private void read(WatchStream stream) throws IOException {
    try {
      for (WatchStream.Event event = stream.next(); event != null; event = stream.next()) {
        take(event);
      }
    } catch (ApiFailure failure) {
      // An ERROR amid the events, mostly 410: going on there would bring the same again.
      resourceVersion = null;
      throw failure;
    }
  }

  private WatchStream open(String from) {
    // Not all at the same time: 5 to 10 minutes, as client-go does.
    Duration lasting = Duration.ofSeconds(timing.random().nextInt(300, 600));
    WatchStream stream = api.watch(collection, selection, from, lasting);
    open = stream;
    if (stopped) {
      stream.cancel();
    }
    broken = false;
    heard();
    return stream;
  }

  private void take(WatchStream.Event event) {
    JsonObject object = event.object();
    ResourceVersion version = ResourceVersion.of(object);
    cache.reached(version);
    switch (event.type()) {
      case "ADDED", "MODIFIED" -> cache.put(object);
      case "DELETED" -> cache.remove(ObjectKey.of(object));
      default -> {} // BOOKMARK: nothing but how far we are
    }
    resourceVersion = version.text();
    events++;
    heard();
  }

  private Duration failed(ApiFailure failure) {
    if (stopped) {
      return Duration.ZERO;
    }
    ApiFailure last = lastFailure;
    boolean asBefore = last != null && last.code() == failure.code();
    lastFailure = failure;
    broken = true;
    LOGGER
        .atLevel(asBefore ? Level.DEBUG : Level.INFO)
        .addKeyValue("watch", collection)
        .addKeyValue("cause", failure.getMessage())
        .log("The watch was refused");
    if (failure.code() == 404) {
      cache.clear();
      resourceVersion = null;
      absent = true;
      heardAt = timing.now();
      tellSynced();
      return WHILE_ABSENT;
    }
    if (failure.code() == 410 || failure.code() == 400) {
      // The API server has forgotten, or never knew, the place where we wanted to go on.
      resourceVersion = null;
    }
    return pause(failure.retryAfter());
  }

  private Duration pause(@Nullable Duration asked) {
    failures++;
    return BACKOFF.after(failures, asked, timing.random());
  }

  private void heard() {
    heardAt = timing.now();
    lastFailure = null;
  }

  private void await(Duration pause) {
    try {
      timing.waiter().await(pause);
    } catch (InterruptedException e) {
      if (stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return collection.toString();
  }
}
