package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** New revisions of Argo Rollouts with a pod template of their own, with all their steps. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoNewRevisionClusterTests {

  private static final String WAITS_FOR_A_PERSON =
      "strategy: {canary: {steps: [{setWeight: 50}, {pause: {}}]}}";

  private TestCluster cluster;
  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster shared, Namespace own) {
    cluster = shared;
    service = Service.start(shared, own);
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
  void replacesThePodsByThoseOfOneNewRevision() {
    workloads.create(rollout("plain"));
    Set<String> oldPods = workloads.podUidsOf("plain");

    Answer ended = caller.ended(newRevision("plain"));

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(ended.text("mechanism")).isEqualTo("TemplateAnnotation");
    assertThat(workloads.podUidsOf("plain")).hasSize(3).doesNotContainAnyElementsOf(oldPods);
    assertThat(workloads.replicaSetsOf("plain")).hasSize(2);
    assertThat(workloads.revisionOf("plain")).isEqualTo("2");
  }

  /** With the number of its new revision the controller writes the template in its own words. */
  @Test
  void isNotSupersededByAnotherWordingOfItsTemplate() {
    workloads.create(rollout("reworded").replicas(1));
    workloads.reword("reworded");

    Answer ended = caller.ended(newRevision("reworded"));

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(
            workloads
                .get("rollout", "reworded")
                .at("/spec/template/spec/containers/0")
                .has("resources"))
        .isTrue();
  }

  @Test
  void autoKeepsTheOnlyPodUntilAnotherIsReady() {
    workloads.create(rollout("single").replicas(1).pods("ready-after", "2s"));
    try (ReadyPods ready = new ReadyPods(cluster, workloads.namespace(), "single", 1)) {

      Answer ended = caller.restartAndWait(namespace, "Rollout", "single");

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(ended.text("mechanism")).isEqualTo("TemplateAnnotation");
      assertThat(ready.lowestUntil(workloads.podUidsOf("single"))).isEqualTo(1);
      assertThat(ended.number("progress", "lowestAvailable")).isEqualTo(1);
    }
  }

  @Test
  void tellsTheStepItIsAtAndSinceWhenItPauses() {
    workloads.create(
        rollout("stepping")
            .replicas(2)
            .with("strategy: {canary: {steps: [{setWeight: 50}, {pause: {duration: 15s}}]}}"));

    Answer begun = caller.triggered(newRevision("stepping"));
    Answer paused =
        caller.awaitUntil(begun.location(), now -> now.body().at("/steps").has("pausedSince"));
    Answer ended = caller.awaitEnd(begun.location());

    JsonNode steps = paused.body().path("steps");
    assertThat(steps.path("current").asInt()).isEqualTo(2);
    assertThat(steps.path("total").asInt()).isEqualTo(2);
    assertThat(steps.path("weight").asInt()).isEqualTo(50);
    assertThat(steps.path("needsPerson").asBoolean(true)).isFalse();
    assertThat(paused.text("reason")).isEqualTo("PausedAtStep");
    assertThat(paused.text("message")).startsWith("Step 2 of 2, weight 50 %, pauses since ");
    assertThat(paused.body().path("blockers")).isEmpty();
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @Test
  void autoDoesNotBeginWhatAPersonHasToEnd() {
    workloads.create(rollout("manual").replicas(2).with(WAITS_FOR_A_PERSON));

    Answer ended = caller.restartAndWait(namespace, "Rollout", "manual");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(ended.text("mechanism")).isEqualTo("RestartAt");
  }

  @Test
  void tellsThatItWaitsForAPersonAndEndsWhenPromoted() {
    workloads.create(rollout("promoted").replicas(2).with(WAITS_FOR_A_PERSON));

    Answer begun = caller.triggered(newRevision("promoted"));
    Answer blocked = caller.awaitBlocked(begun.location());
    promote("promoted");
    Answer ended = caller.awaitEnd(begun.location());

    JsonNode blocker = blocked.body().path("blockers").path(0);
    assertThat(blocker.path("reason").asString("")).isEqualTo("WaitsForPerson");
    assertThat(blocker.path("command").asString(""))
        .isEqualTo("kubectl argo rollouts promote promoted -n " + namespace);
    assertThat(blocked.body().path("steps").path("needsPerson").asBoolean(false)).isTrue();
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @Test
  void runsAllNewPodsOfABlueGreenRolloutBeforeTheSwitch() {
    createServices("blue");
    workloads.create(
        rollout("blue")
            .replicas(2)
            .pods("ready-after", "1s")
            .with("strategy: {blueGreen: {activeService: blue, scaleDownDelaySeconds: 1}}"));
    Set<String> oldPods = workloads.podUidsOf("blue");
    try (ReadyPods ready = new ReadyPods(cluster, workloads.namespace(), "blue", 2)) {

      Answer ended = caller.ended(newRevision("blue"));

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(workloads.podUidsOf("blue")).hasSize(2).doesNotContainAnyElementsOf(oldPods);
      assertThat(ready.lowestUntil(workloads.podUidsOf("blue"))).isEqualTo(2);
    }
  }

  @Test
  void tellsThatABlueGreenRolloutWaitsToBePromoted() {
    createServices("green");
    workloads.create(
        rollout("green")
            .replicas(2)
            .with(
                "strategy: {blueGreen: {activeService: green, autoPromotionEnabled: false, scaleDownDelaySeconds: 1}}"));

    Answer begun = caller.triggered(newRevision("green"));
    Answer blocked = caller.awaitBlocked(begun.location());
    promote("green");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(blocked.text("reason")).isEqualTo("WaitsForPerson");
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @Test
  void failsWhenItIsAborted() {
    workloads.create(rollout("aborted").replicas(2).with(WAITS_FOR_A_PERSON));

    Answer begun = caller.triggered(newRevision("aborted"));
    caller.awaitBlocked(begun.location());
    status("aborted", "{\"abort\": true}");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("RolloutAborted");
    assertThat(ended.nextSteps())
        .containsExactly("kubectl argo rollouts undo aborted -n " + namespace);
  }

  @Test
  void isSupersededBySomeoneElsesTemplate() {
    workloads.create(rollout("overtaken").replicas(2).with(WAITS_FOR_A_PERSON));

    Answer begun = caller.triggered(newRevision("overtaken"));
    workloads.kubectl(
        "patch",
        "rollout",
        "overtaken",
        "--type=json",
        "-p",
        "[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\", \"value\": \"example.com/app:2\"}]");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("TemplateChanged");
  }

  private Answer newRevision(String name) {
    return caller.newRevision(namespace, "Rollout", name);
  }

  private void createServices(String name) {
    workloads
        .namespace()
        .apply(
"""
apiVersion: v1
kind: Service
metadata: {name: %s}
spec:
  selector: {app: %s}
  ports: [{port: 80}]
"""
                .formatted(name, name));
  }

  /** As {@code kubectl argo rollouts promote} does. */
  private void promote(String name) {
    status(name, "{\"pauseConditions\": null}");
  }

  private void status(String name, String patch) {
    workloads.kubectl(
        "patch",
        "rollout",
        name,
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\": %s}".formatted(patch));
  }
}
