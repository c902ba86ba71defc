package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Following;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The workloads that this leader has under watch, one for each Restart on its way. */
final class Pursued {

  private final WorkloadGateway workloads;
  private final Consumer<RestartKey> onChange;
  private final LongSupplier nanoTime;
  private final ConcurrentHashMap<RestartKey, One> all = new ConcurrentHashMap<>();

  Pursued(WorkloadGateway workloads, Consumer<RestartKey> onChange, LongSupplier nanoTime) {
    this.workloads = workloads;
    this.onChange = onChange;
    this.nanoTime = nanoTime;
  }

  record One(String uid, Following following, Seen seen, EvictionAttempts attempts) {}

  One of(Restart restart) {
    One present = all.get(restart.key());
    if (present != null && !present.uid().equals(restart.uid())) {
      // An earlier Restart of that name, deleted since, may have had another workload.
      drop(restart.key());
    }
    return all.computeIfAbsent(
        restart.key(),
        key ->
            new One(
                restart.uid(),
                workloads.follow(restart.followed(), () -> onChange.accept(key)),
                new Seen(nanoTime),
                new EvictionAttempts()));
  }

  void drop(RestartKey key) {
    One one = all.remove(key);
    if (one != null) {
      one.following().close();
    }
  }

  void dropAll() {
    Set.copyOf(all.keySet()).forEach(this::drop);
  }
}
