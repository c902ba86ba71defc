package dev.reprise.cluster;

import dev.reprise.reload.ConfigGateway;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All ConfigMaps and Secrets of the covered namespaces under watch, by their metadata alone. What
 * they hold is read only of those that are asked for, and all that is kept of it is its hash.
 */
final class ConfigWatch implements ConfigGateway.Watching {

  private static final Logger LOGGER = LoggerFactory.getLogger(ConfigWatch.class);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));

  /** Helm keeps its releases in Secrets, ten for each, and no pod uses one of those. */
  private static final Selection NO_RELEASES =
      Selection.byFields("type!=helm.sh/release.v1").metadataOnly();

  private final KubernetesApi api;
  private final ReflectorFactory reflectors;
  private final WorkloadWatches workloads;
  private final HashKey key;
  private final ConfigGateway.Listener listener;
  private final Timing timing;
  private final Thread starting;
  private final AtomicBoolean synced = new AtomicBoolean();
  private @Nullable Runnable unlisten;
  private volatile @Nullable Watched watched;
  private boolean closed;

  private record Watched(
      ConfigHashes hashes, Map<ConfigReference.Kind, CoveredKind<ConfigVersion>> kinds) {}

  ConfigWatch(
      KubernetesApi api,
      ReflectorFactory reflectors,
      WorkloadWatches workloads,
      HashKey key,
      ConfigGateway.Listener listener,
      Timing timing) {
    this.api = api;
    this.reflectors = reflectors;
    this.workloads = workloads;
    this.key = key;
    this.listener = listener;
    this.timing = timing;
    this.starting = Thread.ofVirtual().name("reprise-reload-key").unstarted(this::begin);
  }

  void start() {
    starting.start();
  }

  /** Nothing can be hashed without the key, so it comes first, however long that takes. */
  private void begin() {
    for (int failures = 1; ; failures++) {
      try {
        begin(new ConfigHashes(api, new ContentHash(key.read())));
        return;
      } catch (ApiFailure | IllegalArgumentException | IllegalStateException failed) {
        LOGGER
            .atWarn()
            .addKeyValue("cause", failed.getMessage())
            .log("No key for hashes of configuration; workloads are not restarted for it");
      }
      try {
        timing.waiter().await(BACKOFF.after(failures, null, timing.random()));
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private synchronized void begin(ConfigHashes hashes) {
    if (closed) {
      return;
    }
    Map<ConfigReference.Kind, CoveredKind<ConfigVersion>> kinds =
        new EnumMap<>(ConfigReference.Kind.class);
    for (ConfigReference.Kind kind : ConfigReference.Kind.values()) {
      kinds.put(
          kind,
          new CoveredKind<>(
              reflectors,
              Resources.of(kind),
              switch (kind) {
                case ConfigMap -> Selection.ALL.metadataOnly();
                case Secret -> NO_RELEASES;
              },
              object -> ConfigVersion.of(kind, object),
              (before, now) -> changed(hashes, before, now)));
    }
    watched = new Watched(hashes, kinds);
    unlisten = workloads.listen(this::changed);
    if (!workloads.isSynced()) {
      workloads.whenSynced(this::tellSynced);
    }
    kinds.values().forEach(kind -> kind.whenSynced(this::tellSynced));
    kinds.values().forEach(CoveredKind::start);
    tellSynced();
  }

  private void tellSynced() {
    if (isSynced() && synced.compareAndSet(false, true)) {
      listener.synced(workloads.all());
    }
  }

  /** What is gone may come back as it was; and what is there at the beginning is no change. */
  private void changed(
      ConfigHashes hashes, @Nullable ConfigVersion before, @Nullable ConfigVersion now) {
    if (now != null && synced.get()) {
      listener.written(now.namespace(), now.config());
    } else if (now == null && before != null) {
      hashes.forget(before.namespace(), before.config());
    }
  }

  private void changed(@Nullable WorkloadSnapshot before, @Nullable WorkloadSnapshot now) {
    if (now != null && !isSame(before, now) && synced.get()) {
      listener.workloadChanged(now.ref().namespace());
    }
  }

  private static boolean isSame(@Nullable WorkloadSnapshot before, WorkloadSnapshot now) {
    return before != null
        && before.metadata().uid().equals(now.metadata().uid())
        && before.metadata().reloading().equals(now.metadata().reloading())
        && before.template().uses().equals(now.template().uses())
        && before.template().pullsWith().equals(now.template().pullsWith());
  }

  private boolean isSynced() {
    Watched now = watched;
    return now != null
        && workloads.isSynced()
        && now.kinds().values().stream().allMatch(CoveredKind::isSynced);
  }

  @Override
  public String key() {
    return watched().hashes().keyId();
  }

  @Override
  public List<WorkloadSnapshot> workloads(String namespace) {
    return workloads.inNamespace(namespace);
  }

  @Override
  public Optional<String> content(String namespace, ConfigReference config) {
    return Objects.requireNonNull(watched().kinds().get(config.kind()))
        .get(namespace, config.name())
        .flatMap(watched().hashes()::of);
  }

  @Override
  public Optional<String> readContent(String namespace, ConfigReference config) {
    return watched().hashes().read(namespace, config);
  }

  private Watched watched() {
    return Objects.requireNonNull(watched, "Not synced");
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (unlisten != null) {
        unlisten.run();
      }
      Watched now = watched;
      if (now != null) {
        now.kinds().values().forEach(CoveredKind::stop);
      }
    }
    starting.interrupt();
  }
}
