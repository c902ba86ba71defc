package dev.reprise.bench;

import static dev.reprise.scenario.Manifest.deployment;

import dev.reprise.scenario.Caller;
import dev.reprise.scenario.Replica;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The service in a namespace full of pods, while it follows one Deployment there. */
final class LargeNamespace {

  private static final int DEPLOYMENTS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final TestCluster cluster;
  private final Namespace namespace;
  private final Results results;
  private final PlainClient client;

  LargeNamespace(TestCluster cluster, Namespace namespace, Results results) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.results = results;
    this.client = new PlainClient(cluster);
  }

  void measure() throws Exception {
    namespace.apply(deployment("followed").replicas(2).pods("ready-after", "20s").yaml());
    for (int number = 0; number < DEPLOYMENTS; number++) {
      String name = "full-" + number;
      namespace.apply(deployment(name).replicas(Settings.PODS / DEPLOYMENTS).yaml());
    }
    int pods = awaitPods();
    try (Replica service = Replica.start(cluster.kubeconfig(), namespace.name(), Settings.CHART)) {
      Footprint before = Footprint.of(service.process());
      Caller.Answer begun = service.caller().restart(namespace.name(), "Deployment", "followed");
      Duration synced = untilSynced(service.caller(), begun.location());
      Footprint with = Footprint.of(service.process());
      String phase = service.caller().get(begun.location(), "Prefer", "wait=50").text("phase");
      report(service, pods, synced, List.of(before, with, Footprint.of(service.process())), phase);
    }
  }

  private int awaitPods() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int available = 0;
    while (available < Settings.PODS && System.nanoTime() < deadline) {
      Thread.sleep(Duration.ofSeconds(5));
      available = IntStream.range(0, DEPLOYMENTS).map(this::available).sum();
      Results.say("large namespace: %d of %d pods", available, Settings.PODS);
    }
    return available;
  }

  private int available(int number) {
    return client
        .get(PlainClient.deployments(namespace.name()) + "/full-" + number)
        .path("status")
        .path("availableReplicas")
        .asInt(0);
  }

  /** What the watches have not shown yet, the service doesn't count. */
  private static Duration untilSynced(Caller caller, String location) throws Exception {
    long start = System.nanoTime();
    Duration waited = Duration.ZERO;
    while (waited.compareTo(Duration.ofSeconds(60)) < 0
        && !caller.get(location).body().has("progress")) {
      Thread.sleep(Duration.ofMillis(100));
      waited = Duration.ofNanos(System.nanoTime() - start);
    }
    return waited;
  }

  private void report(
      Replica service, int pods, Duration synced, List<Footprint> footprints, String phase)
      throws Exception {
    results.section(
        "Heap in a large namespace",
"""
A Deployment of two pods is restarted in a namespace with %d other pods, which the service has to watch for that. Heap
limit %s, heap after a full collection. After the POST it took %.1f s until the watches showed its progress; the restart
ended as %s.
"""
            .formatted(
                pods,
                Settings.CHART.getFirst(),
                synced.toMillis() / 1e3,
                service.process().isAlive() ? phase : "nothing, the service died"));
    List<String> moments = List.of("before", "while it is followed", "when it has ended");
    results.table(
        List.of("", "heap MB", "RSS MB"),
        IntStream.range(0, moments.size())
            .mapToObj(number ->
                List.of(
                    moments.get(number),
                    Long.toString(footprints.get(number).heap()),
                    Long.toString(footprints.get(number).resident())))
            .toList());
    results.write();
  }
}
