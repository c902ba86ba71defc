package dev.reprise.bench;

import dev.reprise.scenario.Replica;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Thousands of clients who wait at once, on a few restarts. */
final class OpenStreams {

  private static final int RESTARTS = 10;
  private static final int WARM_UP = 200;

  private final TestCluster cluster;
  private final Namespace namespace;
  private final Results results;
  private final PlainClient client;
  private final PlayedRestarts restarts;
  private final List<List<String>> rows = new ArrayList<>();

  OpenStreams(TestCluster cluster, Namespace namespace, Results results) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.results = results;
    this.client = new PlainClient(cluster);
    this.restarts = new PlayedRestarts(client, namespace.name());
  }

  void measure() throws Exception {
    results.section(
        "Open streams",
"""
Clients of one service process with a heap limit of %s, spread over %d Restarts, each of which then changes; the heap is
what is left after a full collection. The service's own limits on open calls are raised for this. CPU is in percent of
one core: while nothing happens, and from the first change until the last client has it. Waiting GETs see one change,
the end; event streams see three, one after the other; the bare watch sees the same changes.
"""
            .formatted(Settings.STREAMING.getFirst(), RESTARTS));
    List<String> skipped = new ArrayList<>();
    for (Looking looking : Looking.values()) {
      for (int count : Settings.STREAMS) {
        missingOr(looking, count).ifPresent(skipped::add);
      }
    }
    results.table(
        List.of(
            "waiting",
            "open",
            "RSS MB",
            "heap MB",
            "KB of heap each",
            "CPU idle",
            "CPU changing",
            "delivered",
            "watch median ms",
            "median ms",
            "p99 ms"),
        rows);
    skipped.stream().distinct().forEach(results::note);
    results.write();
  }

  private Optional<String> missingOr(Looking looking, int count) throws Exception {
    try (Replica service =
        Replica.start(
            cluster.kubeconfig(),
            namespace.name(),
            Settings.STREAMING,
            "--reprise.streams.total=" + (count + 2 * WARM_UP),
            "--reprise.streams.per-caller=" + (count + 2 * WARM_UP))) {
      URI address = service.caller().address();
      String prefix = looking.name().toLowerCase(Locale.ROOT).charAt(0) + "-" + count;
      Optional<String> missing = looking.missing(address, restarts.create(prefix));
      if (missing.isPresent()) {
        return missing.map(why -> looking + ": skipped, " + why);
      }
      crowd(service, looking, prefix + "-warm-up", WARM_UP);
      rows.add(crowd(service, looking, prefix, count));
      return Optional.empty();
    }
  }

  private List<String> crowd(Replica service, Looking looking, String prefix, int count)
      throws Exception {
    List<String> paths = new ArrayList<>();
    for (int number = 0; number < RESTARTS; number++) {
      paths.add(restarts.create(prefix + "-" + number));
    }
    try (Crowd crowd = new Crowd(looking + ", " + count, client, restarts, namespace.name())) {
      List<String> row = crowd.measure(service, looking, prefix, paths, count);
      results.keep(crowd.delays());
      return row;
    }
  }
}
