package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Restarts of Argo Rollouts that are cancelled under way. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoCancelClusterTests {

  private static final String WAITS_FOR_PERSON =
      "{canary: {steps: [{setWeight: 50}, {pause: {}}]}}";

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
    namespace = own.name();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void stopsTheEvictionsOfARolloutAndTellsHowManyPodsWereRestarted() {
    workloads.create(rollout("payments").replicas(6).pods("ready-after", "4s"));
    Set<String> oldPods = workloads.podUidsOf("payments");
    Answer begun = caller.begin(namespace, "Rollout", "payments");
    caller.awaitReplaced(begun.location(), 1);

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("reason")).isEqualTo("TakenBack");
    assertThat(workloads.get("rollout", "payments").path("spec").has("restartAt")).isFalse();
    long spared = workloads.awaitKept("Rollout", "payments", 6, oldPods);
    assertThat(spared).isBetween(1L, 5L);
    assertThat(ended.text("message"))
        .isEqualTo(
            "%d of 6 pods were restarted and stay so; left alone: %d"
                .formatted(6 - spared, spared));
  }

  @Test
  void putsAnEarlierRestartAtBack() {
    String earlier = "2026-01-01T00:00:00Z";
    workloads.createWell(
        rollout("again")
            .pods("pod", "never-ready")
            .with("strategy: {canary: {}}\n  restartAt: " + earlier));
    Answer begun = caller.begin(namespace, "Rollout", "again");

    caller.cancel(begun.location());

    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Cancelled");
    assertThat(workloads.get("rollout", "again").path("spec").path("restartAt").asString(""))
        .isEqualTo(earlier);
  }

  @Test
  void endsARolloutAtOnceWhosePodsHaveAllBeenEvicted() {
    workloads.createWell(rollout("late").replicas(1).pods("pod", "never-ready"));
    Answer begun =
        caller.triggered(
            caller.post(
                namespace,
                "{\"kind\": \"Rollout\", \"name\": \"late\", \"strategy\": \"RecreatePods\", \"acceptDowntime\": true}"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> workloads.get("rollout", "late").path("status").path("restartedAt").asString(""),
            begun.text("trigger")::equals);

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("reason")).isEqualTo("AlreadyCarriedOut");
    assertThat(workloads.get("rollout", "late").path("spec").path("restartAt").asString(""))
        .isEqualTo(begun.text("trigger"));
  }

  @Test
  void goesBackToTheRevisionBeforeAndNeedsNobodyForThat() {
    workloads.create(rollout("stepping").replicas(4).with("strategy: " + WAITS_FOR_PERSON));
    Set<String> former = workloads.replicaSetUidsOf("stepping");
    JsonNode template = workloads.get("rollout", "stepping").at("/spec/template/spec");
    Answer begun = caller.triggered(newRevision("stepping"));
    caller.awaitBlocked(begun.location());

    Answer cancelled = caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Cancelled");
    assertThat(ended.text("message")).startsWith("Old pods back: 4/4");
    JsonNode rollout = workloads.get("rollout", "stepping");
    assertThat(rollout.at("/spec/template/spec")).isEqualTo(template);
    assertThat(rollout.at("/spec/template/metadata/annotations")).isEmpty();
    assertThat(workloads.podUidsOf("stepping")).hasSize(4);
    assertThat(replicaSetsWithPods("stepping")).isEqualTo(former);
  }

  @Test
  void takesNewPodsOfABlueGreenRolloutAwayBeforeTheSwitch() {
    createService("green");
    workloads.create(
        rollout("green")
            .replicas(2)
            .with("strategy: {blueGreen: {activeService: green, autoPromotionEnabled: false}}"));
    Set<String> oldPods = workloads.podUidsOf("green");
    Answer begun = caller.triggered(newRevision("green"));
    caller.awaitBlocked(begun.location());

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Cancelled");
    assertThat(workloads.podUidsOf("green")).isEqualTo(oldPods);
  }

  @Test
  void putsThePodTemplateBackOfTheDeploymentThatARolloutRefersTo() {
    workloads.createReferring("shop", deployment("shop"), 2, WAITS_FOR_PERSON);
    Set<String> former = workloads.replicaSetUidsOf("shop");
    JsonNode template = workloads.get("deployment", "shop").at("/spec/template");
    Answer begun = caller.triggered(newRevision("shop"));
    caller.awaitBlocked(begun.location());

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Cancelled");
    assertThat(ended.text("message")).startsWith("Old pods back: 2/2");
    assertThat(workloads.get("deployment", "shop").at("/spec/template")).isEqualTo(template);
    assertThat(former).containsAll(replicaSetsWithPods("shop"));
  }

  private Answer newRevision(String name) {
    return caller.newRevision(namespace, "Rollout", name);
  }

  private Set<String> replicaSetsWithPods(String name) {
    return workloads.replicaSetsOf(name).stream()
        .filter(set -> set.at("/status/replicas").asInt(0) > 0)
        .map(set -> set.at("/metadata/uid").asString(""))
        .collect(Collectors.toSet());
  }

  private void createService(String name) {
    workloads
        .namespace()
        .apply(
"""
apiVersion: v1
kind: Service
metadata: {name: %1$s}
spec:
  selector: {app: %1$s}
  ports: [{port: 80}]
"""
                .formatted(name));
  }
}
