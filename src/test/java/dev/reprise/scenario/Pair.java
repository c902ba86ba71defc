package dev.reprise.scenario;

import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Two replicas of the service, in processes of their own, and a third one about to take over. */
final class Pair implements AutoCloseable {

  private final TestCluster cluster;
  private final Namespace namespace;
  private final AtomicReferenceArray<Replica> replicas = new AtomicReferenceArray<>(2);
  private CompletableFuture<Replica> next;

  Pair(TestCluster cluster, Namespace namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
    CompletableFuture<Replica> first = starting();
    CompletableFuture<Replica> second = starting();
    replicas.set(0, first.join());
    replicas.set(1, second.join());
    next = starting();
  }

  private CompletableFuture<Replica> starting() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Replica.start(
                cluster.kubeconfig(),
                namespace.name(),
                "--reprise.leader.lease-duration=3s",
                "--reprise.leader.renew-deadline=2s",
                "--reprise.leader.retry-period=300ms");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }

  /** The one with this number as it is now; it may be dead already when it is called. */
  Caller caller(int number) {
    return replicas.get(number % 2).caller();
  }

  /** SIGKILL, and returns when another one has its place. */
  void kill(int number) {
    replicas.get(number % 2).kill();
    replicas.set(number % 2, next.join());
    next = starting();
  }

  @Override
  public void close() {
    replicas.get(0).kill();
    replicas.get(1).kill();
    // One that has not come up is no news here: whoever waited for it was told.
    next.thenAccept(Replica::kill).exceptionally(_ -> null).join();
  }
}
