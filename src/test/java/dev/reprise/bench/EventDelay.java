package dev.reprise.bench;

import dev.reprise.scenario.Replica;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** From a change of a Restart to the client that waits for it, and to a bare watch. */
final class EventDelay {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A change begins when nothing of the one before is on its way any more. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final String RATIO = "event stream / bare watch, delay of a change";

  private final TestCluster cluster;
  private final Namespace namespace;
  private final Results results;
  private final PlainClient client;

  EventDelay(TestCluster cluster, Namespace namespace, Results results) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.results = results;
    this.client = new PlainClient(cluster);
  }

  void measure() throws Exception {
    PlayedRestarts restarts = new PlayedRestarts(client, namespace.name());
    results.section(
        "Delay of a change",
"""
From the moment the change of a Restart's status is sent to the API server until its text is with the client. A bare
watch of the same objects sees the same changes. One client waits.
""");
    try (Replica service = Replica.start(cluster.kubeconfig(), namespace.name(), Settings.CHART)) {
      URI address = service.caller().address();
      ended(restarts, address);
      String probe = restarts.create("probe");
      Optional<String> missing = Looking.EVENTS.missing(address, probe);
      if (missing.isPresent()) {
        results.skipped(RATIO, 2, missing.get());
      } else {
        changed(restarts, address);
      }
    }
    results.write();
  }

  /** A waiting GET answers once, at the end. */
  private void ended(PlayedRestarts restarts, URI service) throws Exception {
    Samples watch = new Samples("bare watch, end of a Restart");
    Samples answer = new Samples("GET with Prefer: wait, end of a Restart");
    Changes changes = new Changes();
    Changes.Seen byWatch = changes.seenIn(watch);
    Changes.Seen byAnswer = changes.seenIn(answer);
    try (AutoCloseable _ = client.watch(PlainClient.restarts(namespace.name()), byWatch::line)) {
      for (int number = 0; number < Settings.CHANGES; number++) {
        String name = "ended-" + number;
        String path = restarts.create(name);
        try (LineStream _ = Looking.LONG_POLL.at(service, path, byAnswer::line)) {
          Thread.sleep(PAUSE);
          int change = changes.begin();
          restarts.finish(name, change);
          await(change, byWatch, byAnswer);
        }
      }
    }
    results.samples(List.of(watch, answer));
    results.note("Ratio of medians: " + Results.number(answer.median() / watch.median()));
  }

  private void changed(PlayedRestarts restarts, URI service) throws Exception {
    Samples watch = new Samples("bare watch, change of a message");
    Samples events = new Samples("event stream, change of a message");
    Changes changes = new Changes();
    Changes.Seen byWatch = changes.seenIn(watch);
    Changes.Seen byEvents = changes.seenIn(events);
    String path = restarts.create("streamed");
    try (AutoCloseable _ = client.watch(PlainClient.restarts(namespace.name()), byWatch::line);
        LineStream _ = Looking.EVENTS.at(service, path, byEvents::line)) {
      for (int number = 0; number < Settings.CHANGES; number++) {
        Thread.sleep(PAUSE);
        int change = changes.begin();
        restarts.say("streamed", change);
        await(change, byWatch, byEvents);
      }
    }
    results.samples(List.of(watch, events));
    results.ratio(RATIO, events.median() / watch.median(), 2);
  }

  /** One that never comes is missing from the count, which the table shows. */
  private static void await(int change, Changes.Seen... places) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Changes.Seen place : places) {
      while (place.times(change) == 0 && System.nanoTime() < deadline) {
        Thread.sleep(Duration.ofMillis(5));
      }
    }
  }
}
