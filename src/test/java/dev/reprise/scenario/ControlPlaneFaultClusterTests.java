package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.Component;
import dev.reprise.testcluster.LocalProcesses;
import dev.reprise.testcluster.Namespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a cluster is made of breaks; on one of its own, since all others need it. */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Provider#isLocal")
@ResourceLock("a second cluster")
@ExtendWith(FaultTable.Extension.class)
class ControlPlaneFaultClusterTests {

  private static final int WORKLOADS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path CHART = Path.of("helm/reprise/files/restarts-crd.yaml");

  /** As it was before restarts could be cancelled. */
  private static final String TAKEN_BACK =
"""
                takenBack:
                  type: object
                  description: What putting the trigger's former value back left in the workload, when cancelled.
                  required: [generation, templateHash]
                  properties:
                    generation: {type: integer, format: int64}
                    templateHash: {type: string}
""";

  private static @Nullable LocalProcesses cluster;

  private FaultTable table;
  private Namespace namespace;
  private Workloads workloads;

  @BeforeAll
  static void start() {
    cluster = LocalProcesses.start(Path.of("target/cluster/control-plane-faults"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void createNamespace(FaultTable table) {
    this.table = table;
    Service.install(cluster);
    namespace = Namespace.create(cluster.kubectl(), ControlPlaneFaultClusterTests.class);
    workloads = new Workloads(namespace);
  }

  @Test
  void livesWithoutAnApiServerFromTheStartAndRecovers() {
    workloads.create(deployment("web"));
    cluster.kill(Component.API_SERVER);
    try (Service service =
        Service.startUnready(
            cluster.kubeconfig(), namespace.name(), "--reprise.kubernetes.deadline=3s")) {
      Caller caller = service.caller();
      Answer list = caller.get("/namespaces/" + namespace.name() + "/restarts");
      Answer post = caller.restart(namespace.name(), "Deployment", "web");
      int alive = caller.get("/livez").status();
      int ready = caller.get("/readyz").status();

      cluster.start(Component.API_SERVER);
      caller.awaitReady();
      Answer ended = caller.restartAndWait(namespace.name(), "Deployment", "web");

      table.add(8, "API server away at the start (SIGKILL)", tally("web", 1));
      assertThat(List.of(list.status(), post.status())).containsOnly(503);
      assertThat(List.of(list.text("code"), post.text("code"))).containsOnly("ClusterUnavailable");
      assertThat(alive).isEqualTo(200);
      assertThat(ready).isEqualTo(503);
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
      assertThat(tally("web", 1).isExactlyOnce()).isTrue();
    }
  }

  @Test
  void restartsEachOfFiftyWorkloadsOnceThoughTheApiServerIsKilledMeanwhile() throws IOException {
    createFifty();
    try (Replica service = Replica.start(cluster.kubeconfig(), namespace.name())) {
      List<CompletableFuture<Answer>> asked = restartAll(service.caller());
      await()
          .atMost(PATIENCE)
          .until(() -> asked.stream().filter(CompletableFuture::isDone).count() > 5);

      cluster.kill(Component.API_SERVER);
      cluster.start(Component.API_SERVER);

      assertAllOnce(21, "API server killed and started again (SIGKILL)", asked);
    }
  }

  @Test
  void restartsEachOfFiftyWorkloadsOnceThoughEtcdStandsStillMeanwhile() throws IOException {
    createFifty();
    try (Replica service = Replica.start(cluster.kubeconfig(), namespace.name())) {
      List<CompletableFuture<Answer>> asked = restartAll(service.caller());
      await()
          .atMost(PATIENCE)
          .until(() -> asked.stream().filter(CompletableFuture::isDone).count() > 5);

      cluster.freeze(Component.ETCD);
      long frozen = System.nanoTime();
      Answer late;
      Duration answered;
      try {
        late = service.caller().restart(namespace.name(), "Deployment", "web-0");
        answered = Duration.ofNanos(System.nanoTime() - frozen);
      } finally {
        cluster.thaw(Component.ETCD);
      }

      assertAllOnce(
          22,
          "etcd stood still (SIGSTOP); a POST was answered after %d ms"
              .formatted(answered.toMillis()),
          asked);
      assertThat(late.status()).isIn(409, 503);
      // The deadline is 20 s; one machine does all of this here.
      assertThat(answered).isLessThan(Duration.ofSeconds(40));
    }
  }

  /** Restarts of the other tests go with it. */
  @Test
  void isNotReadyUntilItsCustomResourceDefinitionIsThereAndWhole() throws IOException {
    workloads.create(deployment("web"));
    cluster.kubectl().run("delete", "crd", "restarts.reprise.dev");
    String whole = Files.readString(CHART);
    assertThat(whole).contains(TAKEN_BACK);
    try (Service service = Service.startUnready(cluster.kubeconfig(), namespace.name())) {
      Caller caller = service.caller();
      awaitNotReady(caller, "install the custom resource definition restarts.reprise.dev");

      cluster.kubectl().apply(whole.replace(TAKEN_BACK, ""));
      awaitNotReady(
          caller,
          "The CustomResourceDefinition restarts.reprise.dev lacks status.takenBack: apply"
              + " helm/reprise/files/restarts-crd.yaml of this version");

      cluster.kubectl().apply(whole);
      caller.awaitReady();
      Answer ended = caller.restartAndWait(namespace.name(), "Deployment", "web");

      Tally tally = Tally.of(1, workloads.replicaSetsOf("web").size() - 1);
      table.add(23, "custom resource definition missing, then an older one", tally);
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
      assertThat(tally.isExactlyOnce()).isTrue();
    }
  }

  private static void awaitNotReady(Caller caller, String sentence) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> {
          Answer health = caller.get("/readyz");
          assertThat(health.status()).isEqualTo(503);
          assertThat(health.body().toString()).contains(sentence);
        });
  }

  private void createFifty() {
    namespace.apply(
        String.join("---\n", names().map(name -> deployment(name).replicas(1).yaml()).toList()));
    workloads.kubectl("wait", "--for=condition=Available", "deployment", "--all", "--timeout=180s");
  }

  private static Stream<String> names() {
    return IntStream.range(0, WORKLOADS).mapToObj(i -> "web-" + i);
  }

  /** Each under a key of its own, repeated until it is answered. */
  private List<CompletableFuture<Answer>> restartAll(Caller caller) {
    return names()
        .map(name ->
            CompletableFuture.supplyAsync(() -> ended(caller, name), Thread::startVirtualThread))
        .toList();
  }

  private Answer ended(Caller caller, String name) {
    Answer accepted =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    caller.restart(
                        namespace.name(),
                        "Deployment",
                        name,
                        "Idempotency-Key",
                        "\"" + name + "\""),
                answer -> answer.status() < 500);
    return await()
        .atMost(PATIENCE)
        .until(() -> caller.get(accepted.location(), "Prefer", "wait=20"), Answer::isFinished);
  }

  private void assertAllOnce(int fault, String injected, List<CompletableFuture<Answer>> asked) {
    List<Answer> ended = asked.stream().map(CompletableFuture::join).toList();
    Tally all = names().map(name -> tally(name, 1)).reduce(Tally.NONE, Tally::plus);
    table.add(fault, injected, all);
    assertThat(ended).extracting(answer -> answer.text("phase")).containsOnly("Succeeded");
    assertThat(all).isEqualTo(new Tally(WORKLOADS, WORKLOADS, 0, 0));
  }

  private Tally tally(String name, int asked) {
    return Tally.of(asked, workloads.replicaSetsOf(name).size() - 1);
  }
}
