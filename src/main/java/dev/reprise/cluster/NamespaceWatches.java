package dev.reprise.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The namespaces whose ReplicaSets and pods are under watch: those in which someone follows a
 * workload, each once however many follow.
 */
final class NamespaceWatches implements AutoCloseable {

  /** Kept so long after the last follower left, since the next look often comes soon. */
  private static final Duration LINGER = Duration.ofSeconds(60);

  private final Function<String, NamespaceWatch> making;
  private final Map<String, Used> namespaces = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("reprise-watches").daemon().factory());

  /**
   * @param making the watch of a namespace, not started
   */
  NamespaceWatches(Function<String, NamespaceWatch> making) {
    this.making = making;
  }

  private static final class Used {
    final NamespaceWatch watch;
    int followers;

    /** How often the last follower left, so that an earlier leaving does not end a later use. */
    int leavings;

    Used(NamespaceWatch watch) {
      this.watch = watch;
    }
  }

  /** The watch for one more follower, who lets go of it with {@link #release}. */
  synchronized NamespaceWatch acquire(String namespace) {
    Used used = namespaces.computeIfAbsent(namespace, this::begin);
    used.followers++;
    return used.watch;
  }

  private Used begin(String namespace) {
    NamespaceWatch watch = making.apply(namespace);
    watch.start();
    return new Used(watch);
  }

  /** The watch as long as there is one; nobody becomes a follower by asking. */
  synchronized Optional<NamespaceWatch> of(String namespace) {
    return Optional.ofNullable(namespaces.get(namespace)).map(used -> used.watch);
  }

  synchronized void release(String namespace) {
    Used used = namespaces.get(namespace);
    if (used == null) {
      return;
    }
    used.followers--;
    if (used.followers == 0) {
      int leaving = ++used.leavings;
      var _ =
          timer.schedule(
              () -> stopIfUnused(namespace, used, leaving),
              LINGER.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void stopIfUnused(String namespace, Used used, int leaving) {
    boolean isStillUnused = used.followers == 0 && used.leavings == leaving;
    if (isStillUnused && namespaces.remove(namespace, used)) {
      used.watch.stop();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    synchronized (this) {
      namespaces.values().forEach(used -> used.watch.stop());
      namespaces.clear();
    }
  }
}
