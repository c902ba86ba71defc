package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The service as a whole when configuration changes: while it is down, in bursts, and its memory.
 */
@ClusterTest
class ReloadServiceClusterTests {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String[] RELOADING = {
    "--reprise.reload.enabled=true", "--reprise.reload.debounce=1s"
  };

  @Test
  void noticesAfterwardsWhatChangedWhileItWasDown(TestCluster cluster, Namespace own) {
    Workloads workloads = new Workloads(own);
    Reloaded reloaded = new Reloaded(workloads);
    try (Service _ = Service.start(cluster, own, RELOADING)) {
      reloaded.secret("db", "one");
      reloaded.create(deployment("web"), "reprise.dev/reload: auto", "secretRef: {name: db}");
    }

    reloaded.secret("db", "two");

    try (Service _ = Service.start(cluster, own, RELOADING)) {
      JsonNode restart = reloaded.awaitEnded("Deployment", "web", 1).getFirst();
      assertThat(Reloaded.phase(restart)).isEqualTo("Succeeded");
      assertThat(restart.at("/spec/reason").asString("")).isEqualTo("Secret db changed");
    }
    try (Service _ = Service.start(cluster, own, RELOADING)) {
      reloaded.secret("after", "one");
      reloaded.create(
          deployment("after").replicas(1), "reprise.dev/reload: auto", "secretRef: {name: after}");
      assertThat(reloaded.of("Deployment", "web")).hasSize(1);
    }
  }

  @Test
  void restartsTwentyWorkloadsTwiceAtMostForAHundredChanges(TestCluster cluster, Namespace own) {
    Workloads workloads = new Workloads(own);
    Reloaded reloaded = new Reloaded(workloads);
    List<String> names = IntStream.range(0, 20).mapToObj(number -> "web-" + number).toList();
    try (Service _ = Service.start(cluster, own, RELOADING)) {
      reloaded.secret("db", "none");
      names.forEach(name ->
          reloaded.apply(
              deployment(name).replicas(1), "reprise.dev/reload: auto", "secretRef: {name: db}"));
      names.forEach(name -> workloads.awaitAvailable("Deployment", name, 1));
      names.forEach(reloaded::awaitNoted);

      Instant began = Instant.now();
      RawCluster raw = RawCluster.of(cluster.kubeconfig());
      List<ScheduledFuture<JsonObject>> changes;
      try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
        changes =
            IntStream.rangeClosed(1, 100)
                .mapToObj(number ->
                    timer.schedule(
                        () ->
                            raw.patch("Secret", own.name(), "db", stringData("key", "v" + number)),
                        80L * number,
                        TimeUnit.MILLISECONDS))
                .toList();
      }
      assertThat(changes).allMatch(change -> change.state() == Future.State.SUCCESS);
      Duration lasted = Duration.between(began, Instant.now());
      assertThat(lasted).as("how long the changes took").isLessThan(Duration.ofSeconds(10));
      // As the API server writes times: whole seconds.
      String ended = began.plus(lasted).truncatedTo(ChronoUnit.SECONDS).toString();

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(names)
                  .allSatisfy(name -> {
                    assertThat(reloaded.of("Deployment", name))
                        .hasSizeBetween(1, 2)
                        .allMatch(restart -> Reloaded.phase(restart).equals("Succeeded"))
                        .last()
                        .satisfies(restart ->
                            assertThat(restart.at("/metadata/creationTimestamp").asString(""))
                                .isGreaterThanOrEqualTo(ended));
                  }));
      assertThat(names)
          .allSatisfy(name -> assertThat(workloads.replicaSetsOf(name)).hasSizeBetween(2, 3));
    }
  }

  @Test
  void keepsNothingOfWhatASecretHolds(TestCluster cluster, Namespace own, @TempDir Path folder)
      throws IOException {
    Service.install(cluster);
    Reloaded reloaded = new Reloaded(new Workloads(own));
    // A multiple of three bytes, so that in base64 too it is the same each time that it is there.
    String first = "one-" + UUID.randomUUID() + "--";
    String second = "two-" + UUID.randomUUID() + "--";
    RawCluster raw = RawCluster.of(cluster.kubeconfig());
    // Not by kubectl apply, which writes what it sends into an annotation as well. And so much that
    // what is read later over the same buffers does not hide it.
    raw.create(own.name(), secret("db", first.repeat(1000)));
    try (Replica replica = Replica.start(cluster.kubeconfig(), own.name(), RELOADING)) {
      reloaded.create(deployment("web"), "reprise.dev/reload: auto", "secretRef: {name: db}");
      raw.patch("Secret", own.name(), "db", stringData("key", second.repeat(1000)));
      reloaded.awaitEnded("Deployment", "web", 1);

      byte[] heap = heap(replica, folder);

      assertThat(holds(heap, "Secret db changed")).as("what is known to be in it").isTrue();
      assertThat(traces(heap, first)).isEmpty();
      assertThat(traces(heap, second)).isEmpty();
    }
  }

  private static JsonObject secret(String name, String value) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", name);
    JsonObject secret = stringData("key", value);
    secret.addProperty("apiVersion", "v1");
    secret.addProperty("kind", "Secret");
    secret.add("metadata", metadata);
    return secret;
  }

  private static JsonObject stringData(String key, String value) {
    JsonObject data = new JsonObject();
    data.addProperty(key, value);
    JsonObject patch = new JsonObject();
    patch.add("stringData", data);
    return patch;
  }

  /** In which forms a text is there. */
  private static List<String> traces(byte[] heap, String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    return Stream.of(text, encoded).filter(form -> holds(heap, form)).toList();
  }

  private static boolean holds(byte[] heap, String text) {
    String all = new String(heap, ISO_8859_1);
    return Stream.of(ISO_8859_1, UTF_16BE).anyMatch(charset -> all.contains(as(text, charset)));
  }

  private static String as(String text, Charset charset) {
    return new String(text.getBytes(charset), ISO_8859_1);
  }

  /** All objects that are reachable in its JVM. */
  private static byte[] heap(Replica replica, Path folder) throws IOException {
    Path dump = folder.resolve("heap.hprof");
    Shell.Ended said =
        new Shell(Map.of())
            .run(
                "'%s/bin/jcmd' %d GC.heap_dump '%s'"
                    .formatted(System.getProperty("java.home"), replica.process().pid(), dump));
    assertThat(dump).as(said.printed()).exists();
    return Files.readAllBytes(dump);
  }
}
