package dev.reprise.bench;

import static dev.reprise.scenario.Manifest.deployment;

import dev.reprise.scenario.ApiProxy;
import dev.reprise.scenario.Caller;
import dev.reprise.scenario.Replica;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a restart costs the API server. Its metrics don't tell clients apart, so the service's
 * requests are counted by a proxy before it; the metrics check the count for the one kind that
 * nobody else uses.
 */
final class RequestsPerRestart {

  private static final int REPETITIONS = 3;
  private static final int CROWD = 100;

  private final TestCluster cluster;
  private final Namespace namespace;
  private final Results results;
  private final PlainClient client;
  private final List<List<String>> rows = new ArrayList<>();
  private final Map<String, Integer> kinds = new TreeMap<>();

  RequestsPerRestart(TestCluster cluster, Namespace namespace, Results results) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.results = results;
    this.client = new PlainClient(cluster);
  }

  void measure() throws Exception {
    Files.createDirectories(Results.FOLDER);
    try (ApiProxy proxy = ApiProxy.before(cluster);
        Replica service =
            Replica.start(
                proxy.kubeconfig(Results.FOLDER.toAbsolutePath()),
                namespace.name(),
                Settings.CHART)) {
      namespace.apply(deployment("counted").pods("ready-after", "1s").yaml());
      namespace
          .kubectl()
          .run("wait", "--for=jsonpath={.status.availableReplicas}=3", "deployment/counted");
      results.section(
          "Requests to the API server for one restart, followed to its end",
"""
A Deployment of three pods, each ready after a second. The requests of one service process, as counted by a proxy before
the API server, without those for the leader's Lease; means of %d restarts. In brackets, the same for Restarts alone by
the API server's own metrics, which don't tell its clients apart.
"""
              .formatted(REPETITIONS));
      Restarted first = restart(proxy, service.caller(), Looking.LONG_POLL, 1);
      rows.add(row("the first in a minute", 1, List.of(first)));
      kinds.clear();
      double one = repeat(proxy, service.caller(), Looking.LONG_POLL, 1);
      Map<String, Integer> withOne = new TreeMap<>(kinds);
      double many = repeat(proxy, service.caller(), Looking.LONG_POLL, CROWD);
      results.ratio("requests with " + CROWD + " waiting GETs / with 1", many / one, 1);
      events(proxy, service.caller(), first.path());
      results.table(
          List.of("", "clients", "until the 202", "until the end", "watches begun", "of Restarts"),
          rows);
      results.note("Until the end, with one waiting GET, all restarts together: " + withOne);
    }
    results.write();
  }

  private void events(ApiProxy proxy, Caller caller, String restart) throws Exception {
    String what = "requests with " + CROWD + " event streams / with 1";
    Optional<String> missing = Looking.EVENTS.missing(caller.address(), restart);
    if (missing.isPresent()) {
      results.skipped(what, 1, missing.get());
      return;
    }
    double one = repeat(proxy, caller, Looking.EVENTS, 1);
    results.ratio(what, repeat(proxy, caller, Looking.EVENTS, CROWD) / one, 1);
  }

  private double repeat(ApiProxy proxy, Caller caller, Looking looking, int clients)
      throws Exception {
    List<Restarted> all = new ArrayList<>();
    for (int repetition = 0; repetition < REPETITIONS; repetition++) {
      Results.say("requests per restart: %s, %d clients", looking, clients);
      all.add(restart(proxy, caller, looking, clients));
    }
    rows.add(row(looking.toString(), clients, all));
    return all.stream().mapToInt(each -> each.toEnd().requests()).average().orElse(Double.NaN);
  }

  private record Restarted(String path, Requests toTrigger, Requests toEnd, long ofRestarts) {}

  private Restarted restart(ApiProxy proxy, Caller caller, Looking looking, int clients)
      throws Exception {
    int before = proxy.seen().size();
    long metrics = ofRestartsByMetrics();
    String path = caller.restart(namespace.name(), "Deployment", "counted").location();
    int answered = proxy.seen().size();
    List<LineStream> streams = new ArrayList<>();
    try {
      for (int number = 0; number < clients; number++) {
        streams.add(looking.at(caller.address(), path, _ -> {}));
      }
      awaitEnd(path);
    } finally {
      streams.forEach(LineStream::close);
    }
    List<ApiProxy.Request> seen = proxy.seen();
    Requests toEnd = Requests.of(seen.subList(before, seen.size()));
    toEnd.kinds().forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
    Requests toTrigger = Requests.of(seen.subList(before, answered));
    return new Restarted(path, toTrigger, toEnd, ofRestartsByMetrics() - metrics);
  }

  /** Looks past the service and the proxy, with few requests, which the metrics are freed of. */
  private void awaitEnd(String path) throws InterruptedException {
    String name = path.substring(path.lastIndexOf('/') + 1);
    do {
      Thread.sleep(Duration.ofMillis(500));
      lookups++;
    } while (!client
        .get(PlainClient.restarts(namespace.name()) + "/" + name)
        .path("status")
        .has("finishedAt"));
    Thread.sleep(Duration.ofMillis(500));
  }

  private int lookups;

  private long ofRestartsByMetrics() {
    long all =
        client
            .text("/metrics")
            .lines()
            .filter(line -> line.startsWith("apiserver_request_total{"))
            .filter(line -> line.contains("resource=\"restarts\"") && !line.contains("WATCH"))
            .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
    return all - lookups;
  }

  private static List<String> row(String what, int clients, List<Restarted> all) {
    double proxied =
        all.stream().mapToInt(each -> each.toEnd().ofRestarts()).average().orElse(Double.NaN);
    double metered = all.stream().mapToLong(Restarted::ofRestarts).average().orElse(Double.NaN);
    return List.of(
        what,
        Integer.toString(clients),
        mean(all.stream().mapToInt(each -> each.toTrigger().requests()).toArray()),
        mean(all.stream().mapToInt(each -> each.toEnd().requests()).toArray()),
        mean(all.stream().mapToInt(each -> each.toEnd().watches()).toArray()),
        "%s (%s)".formatted(Results.number(proxied), Results.number(metered)));
  }

  private static String mean(int[] counts) {
    return String.format(Locale.ROOT, "%.2f", Arrays.stream(counts).average().orElse(Double.NaN));
  }
}
