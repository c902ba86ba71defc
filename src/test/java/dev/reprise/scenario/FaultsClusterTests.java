package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One restart, not two and not none, though the network or the service fails. */
@ClusterTest
class FaultsClusterTests {

  private static final String BODY = "{\"kind\": \"Deployment\", \"name\": \"web\"}";

  @TempDir private Path folder;
  private TestCluster cluster;
  private Namespace namespace;
  private Workloads workloads;
  private ApiProxy proxy;

  @BeforeEach
  void createWorkload(TestCluster shared, Namespace own) {
    cluster = shared;
    namespace = own;
    workloads = new Workloads(own);
    Service.install(cluster);
    workloads.create(deployment("web"));
    proxy = ApiProxy.before(cluster);
  }

  @AfterEach
  void closeProxy() {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void restartsOnceThoughTheAnswerToThePatchIsLost() {
    proxy.loseAnswer(Moment.AfterThePatch.matching(), () -> {});
    try (Service service = throughProxy()) {
      service.caller().awaitReady();
      Answer ended = service.caller().restartAndWait(namespace.name(), "Deployment", "web");

      assertThat(ended.text("phase")).isEqualTo("Succeeded");
      assertRestartedOnce();
      assertThat(proxy.seen()).filteredOn(Moment.AfterThePatch.matching()).hasSize(1);
    }
  }

  @Test
  void recordsOneRestartThoughTheAnswerToTheCreateIsLost() {
    proxy.loseAnswer(Moment.AfterTheCreate.matching(), () -> {});
    try (Service service = throughProxy()) {
      service.caller().awaitReady();
      Answer ended = service.caller().restartAndWait(namespace.name(), "Deployment", "web");

      assertThat(ended.text("phase")).isEqualTo("Succeeded");
      assertRestartedOnce();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSuccessorEndsWhatAKilledServiceBegan(Moment moment) throws IOException {
    try (Replica first = Replica.start(proxy.kubeconfig(folder), namespace.name())) {
      proxy.loseAnswer(moment.matching(), first::kill);
      postIgnoringTheAnswer(first.caller());
      first.awaitEnd();

      try (Service second = Service.start(cluster, namespace)) {
        String list = "/namespaces/" + namespace.name() + "/restarts";
        List<String> names = Caller.names(second.caller().get(list).body());
        assertThat(names).hasSize(1);
        Answer ended = second.caller().awaitEnd(list + "/" + names.getFirst());

        assertThat(ended.text("phase")).isEqualTo("Succeeded");
        assertRestartedOnce();
      }
    }
  }

  /**
   * There is none where the service is killed meanwhile; it may come first where that takes long.
   */
  private void postIgnoringTheAnswer(Caller caller) {
    try {
      caller.post(namespace.name(), BODY);
    } catch (UncheckedIOException _) {
      // killed
    }
  }

  /** The service is stopped meanwhile, since it would notice the deletion and end the restart. */
  @Test
  void doesNotFollowAWorkloadMadeAnew() {
    workloads.createWell(deployment("reborn").pods("pod", "never-ready"));
    Answer begun;
    try (Service first = Service.start(cluster, namespace)) {
      begun = first.caller().begin(namespace.name(), "Deployment", "reborn");
    }

    workloads.kubectl("delete", "deployment", "reborn", "--cascade=orphan");
    workloads.namespace().apply(deployment("reborn").yaml());

    try (Service second = Service.start(cluster, namespace)) {
      Answer ended = second.caller().awaitEnd(begun.location());
      assertThat(ended.text("phase")).isEqualTo("Failed");
      assertThat(ended.text("reason")).isEqualTo("WorkloadReplaced");
    }
  }

  @Test
  void saysThatTheApiServerIsAwayAndRecoversByItself() {
    proxy.away(true);
    // An answer that takes 20 s is right, but this waits for several of them.
    try (Service service = throughProxy("--reprise.kubernetes.deadline=3s")) {
      Caller caller = service.caller();
      assertUnavailable(caller);

      proxy.away(false);
      caller.awaitReady();
      assertThat(caller.restartAndWait(namespace.name(), "Deployment", "web").text("phase"))
          .isEqualTo("Succeeded");

      proxy.away(true);
      await().atMost(Duration.ofMinutes(2)).until(() -> caller.get("/readyz").status() == 503);
      assertUnavailable(caller);

      proxy.away(false);
      caller.awaitReady();
      assertThat(caller.restartAndWait(namespace.name(), "Deployment", "web").text("phase"))
          .isEqualTo("Succeeded");
    }
  }

  private void assertUnavailable(Caller caller) {
    Answer answer = caller.post(namespace.name(), BODY);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("code")).isEqualTo("ClusterUnavailable");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(caller.get("/livez").status()).isEqualTo(200);
    assertThat(caller.get("/readyz").status()).isEqualTo(503);
  }

  @Test
  void saysThatTheClusterHasNoRollouts() {
    proxy.pretendNotToKnow(request -> request.path().startsWith("/apis/argoproj.io"));
    try (Service service = throughProxy()) {
      service.caller().awaitReady();

      Answer answer = service.caller().restart(namespace.name(), "Rollout", "web");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text("code")).isEqualTo("KindNotFound");
      assertThat(answer.text("detail")).contains("rollouts.argoproj.io");
      assertThat(workloads.kubectl("get", "restarts", "-o", "name")).isEmpty();
    }
  }

  private Service throughProxy(String... more) {
    return Service.startUnready(proxy.kubeconfig(folder), namespace.name(), more);
  }

  private void assertRestartedOnce() {
    assertThat(workloads.replicaSetsOf("web")).hasSize(2);
    assertThat(workloads.get("deployment", "web").path("metadata").path("generation").asInt())
        .isEqualTo(2);
  }
}
