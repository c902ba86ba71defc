package dev.reprise.bench;

import static dev.reprise.scenario.Manifest.deployment;

import dev.reprise.scenario.Caller;
import dev.reprise.scenario.Replica;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A POST without wait, which answers when the trigger has landed, against what it replaces. */
final class PostLatency {

  private static final int WARM_UP = Math.max(5, Settings.ROUNDS / 5);

  /** No further round begins then: the count in the table tells. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final TestCluster cluster;
  private final Namespace covered;
  private final Results results;
  private final PlainClient client;
  private int untriggered;

  private record Way(
      Samples samples, String namespace, String deployment, Runnable before, Runnable restart) {

    Way(Samples samples, String namespace, String deployment, Runnable restart) {
      this(samples, namespace, deployment, () -> {}, restart);
    }
  }

  PostLatency(TestCluster cluster, Namespace covered, Results results) {
    this.cluster = cluster;
    this.covered = covered;
    this.results = results;
    this.client = new PlainClient(cluster);
  }

  void measure() throws Exception {
    // The service would take up the Restarts that the plain client creates.
    try (Namespace uncovered = Namespace.create(cluster.kubectl(), PostLatency.class);
        Replica service = Replica.start(cluster.kubeconfig(), covered.name(), Settings.CHART)) {
      covered.apply(deployment("post").replicas(1).yaml());
      uncovered.apply(deployment("kubectl").replicas(1).yaml());
      uncovered.apply(deployment("floor").replicas(1).yaml());
      String floor = uncovered.name();
      Floor writes = new Floor(client, floor);
      Way post = new Way(new Samples("POST"), covered.name(), "post", () -> post(service.caller()));
      Way kubectl =
          new Way(
              new Samples("kubectl rollout restart, as a process"),
              floor,
              "kubectl",
              () -> uncovered.kubectl().run("rollout", "restart", "deployment/kubectl"));
      Way plain =
          new Way(
              new Samples("floor: create Restart, patch its status, patch the Deployment"),
              floor,
              "floor",
              () -> writes.restart("floor"));
      Way read =
          new Way(
              new Samples("one live read: GET Deployment, list its ReplicaSets, list its pods"),
              floor,
              "floor",
              () -> liveRead(floor));
      Way readAfterWrite =
          new Way(
              new Samples("the same live read, just after some write"),
              floor,
              "floor",
              () -> write(floor),
              () -> liveRead(floor));
      List<Way> ways = List.of(post, kubectl, plain, read, readAfterWrite);
      loop(ways);
      report(post.samples, kubectl.samples, plain.samples);
      results.samples(ways.stream().map(Way::samples).toList());
      results.note(
          "%d of %d POSTs were answered before the trigger was known to have landed."
              .formatted(untriggered, post.samples.count()));
      results.write();
    }
  }

  /** In another order each time, so that nobody always follows the same one's aftermath. */
  private void loop(List<Way> ways) throws InterruptedException {
    List<Way> order = new ArrayList<>(ways);
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (int round = -WARM_UP; round < Settings.ROUNDS && System.nanoTime() < deadline; round++) {
      if (round == 0) {
        untriggered = 0;
      }
      for (Way way : order) {
        way.before.run();
        long start = System.nanoTime();
        way.restart.run();
        if (round >= 0) {
          way.samples.add(System.nanoTime() - start);
        }
      }
      long last = System.nanoTime();
      for (Way way : ways) {
        awaitQuiet(way);
      }
      // kubectl refuses a second restart within one second.
      Thread.sleep(Duration.ofMillis(1100).minusNanos(System.nanoTime() - last));
      Collections.rotate(order, 1);
      if (round % 10 == 0) {
        Results.say("latency of POST: round %d of %d", round, Settings.ROUNDS);
      }
    }
  }

  private void post(Caller caller) {
    Caller.Answer answer = caller.restart(covered.name(), "Deployment", "post");
    if (answer.status() != 202) {
      throw new IllegalStateException(answer.status() + ": " + answer.body());
    }
    if (!answer.text("phase").equals("Progressing") || answer.text("reason").equals("Triggering")) {
      untriggered++;
    }
  }

  /** Of something that has nothing to do with the workload. */
  private void write(String namespace) {
    client.mergePatch(
        "/api/v1/namespaces/" + namespace,
        "{\"metadata\": {\"annotations\": {\"bench\": \"%d\"}}}".formatted(System.nanoTime()));
  }

  private void liveRead(String namespace) {
    client.get(PlainClient.deployments(namespace) + "/floor");
    String ofIt = "?labelSelector=app%3Dfloor&limit=500";
    client.get("/apis/apps/v1/namespaces/" + namespace + "/replicasets" + ofIt);
    client.get("/api/v1/namespaces/" + namespace + "/pods" + ofIt);
  }

  private void awaitQuiet(Way way) throws InterruptedException {
    while (!isQuiet(way)) {
      Thread.sleep(Duration.ofMillis(50));
    }
  }

  /** Whether its rollout has ended, and with it the Restart that made it, if there is one. */
  private boolean isQuiet(Way way) {
    JsonNode now = client.get(PlainClient.deployments(way.namespace) + "/" + way.deployment);
    JsonNode status = now.path("status");
    boolean isRolledOut =
        status.path("observedGeneration").asLong()
                == now.path("metadata").path("generation").asLong()
            && status.path("updatedReplicas").asInt() == 1
            && status.path("replicas").asInt() == 1
            && status.path("availableReplicas").asInt() == 1;
    return isRolledOut && (!way.deployment.equals("post") || isFinished(now));
  }

  private boolean isFinished(JsonNode deployment) {
    String claim =
        deployment.path("metadata").path("annotations").path("reprise.dev/restart").asString("");
    return claim.isEmpty()
        || client
            .get(PlainClient.restarts(covered.name()) + "/" + claim)
            .path("status")
            .has("finishedAt");
  }

  private void report(Samples post, Samples kubectl, Samples floor) {
    results.ratio("POST / kubectl rollout restart", post.median() / kubectl.median(), 0.2);
    results.ratio("POST / floor", post.median() / floor.median(), 2);
    results.section(
        "Latency of a restart, until its trigger has landed",
"""
In turn within one loop, in another order each time, after %d rounds of warm-up; each round begins when the rollouts of
the one before have ended. One replica of the service, which is the leader, heap limit %s. A live read is what the
service does before it decides; a list waits until the API server's cache has caught up with the latest write, whatever
was written, and that it asks for every 100 ms.
"""
            .formatted(WARM_UP, Settings.CHART.getFirst()));
  }
}
