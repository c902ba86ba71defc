package dev.reprise.reload;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches configuration while this replica leads, and has each namespace looked at in which some of
 * it has changed and settled. Begins with all of them, so that what changed while nobody led is
 * noticed.
 */
public final class Reloading implements Leadership.Work {

  private static final Logger LOGGER = LoggerFactory.getLogger(Reloading.class);

  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);

  /** Somebody has to grant a right, or to make room in a quota. */
  private static final Duration AFTER_A_REFUSAL = Duration.ofMinutes(1);

  private final ConfigGateway configs;
  private final RestartStore store;
  private final Reloads reloads;
  private final Duration debounce;
  private final LongSupplier nanoTime;
  private @Nullable Term term;

  /**
   * @param nanoTime monotonic, in nanoseconds
   */
  public Reloading(
      ConfigGateway configs,
      RestartStore store,
      Leadership leadership,
      ReloadProperties properties,
      LongSupplier nanoTime) {
    this.configs = configs;
    this.store = store;
    this.reloads = new Reloads(store, leadership, properties.reloaderAnnotations());
    this.debounce = properties.debounce();
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void start() {
    stop();
    term = new Term();
  }

  @Override
  public synchronized void stop() {
    Term ended = term;
    term = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** The time from gaining leadership to losing it. */
  private final class Term implements ConfigGateway.Listener {

    private final Settling settling = new Settling(debounce);
    private final Semaphore wakings = new Semaphore(0);
    private final ConfigGateway.Watching watching;
    private final RestartStore.Listening listening;
    private final Thread thread;
    private volatile boolean closed;

    Term() {
      watching = configs.watch(this);
      listening = store.listen(this::changed);
      thread = Thread.ofVirtual().name("reprise-reload").start(this::run);
    }

    @Override
    public void synced(Collection<WorkloadSnapshot> workloads) {
      reloads.tellBesideReloader(workloads);
      workloads.stream()
          .map(workload -> workload.ref().namespace())
          .distinct()
          .forEach(this::workloadChanged);
    }

    @Override
    public void written(String namespace, ConfigReference config) {
      settling.changed(namespace, config, nanoTime.getAsLong());
      wake();
    }

    @Override
    public void workloadChanged(String namespace) {
      look(namespace, Duration.ZERO);
    }

    private void changed(RestartKey key) {
      store
          .cachedOne(key)
          .filter(restart -> restart.reload() != null && restart.isFinished())
          .ifPresent(_ -> look(key.namespace(), Duration.ZERO));
    }

    private void look(String namespace, Duration after) {
      settling.look(namespace, nanoTime.getAsLong() + after.toNanos());
      wake();
    }

    private void wake() {
      wakings.release();
    }

    private void run() {
      try {
        while (!closed) {
          settling.due(nanoTime.getAsLong()).forEach(this::look);
          await();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private void await() throws InterruptedException {
      long left = settling.untilDue(nanoTime.getAsLong()).toNanos();
      var _ = wakings.tryAcquire(left, TimeUnit.NANOSECONDS);
      wakings.drainPermits();
    }

    private void look(String namespace) {
      try {
        if (!reloads.look(namespace, watching, settling)) {
          look(namespace, AFTER_A_REFUSAL);
        }
      } catch (ClusterUnavailable failed) {
        LOGGER
            .atWarn()
            .addKeyValue("namespace", namespace)
            .addKeyValue("cause", failed.getMessage())
            .log("Configuration could not be looked at; trying again");
        look(namespace, AFTER_A_FAULT);
      } catch (RuntimeException fault) {
        LOGGER
            .atError()
            .addKeyValue("namespace", namespace)
            .setCause(fault)
            .log("Looking at configuration failed");
        look(namespace, AFTER_A_FAULT);
      }
    }

    /** Returns when the last look has ended. */
    private void close() {
      closed = true;
      listening.close();
      watching.close();
      thread.interrupt();
      wake();
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
