package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.referring;
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

/** New revisions of Argo Rollouts by the pod template of the Deployment that they refer to. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoWorkloadRefClusterTests {

  private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
  private static final String CLAIM = "reprise.dev/restart";

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
  void changesThePodTemplateOfTheDeploymentAndNeverTheRollouts() {
    create(deployment("shop").pods("ready-after", "2s"), "shop", 1);
    Set<String> oldPods = workloads.podUidsOf("shop");
    try (ReadyPods ready = new ReadyPods(cluster, workloads.namespace(), "shop", 1)) {

      Answer ended = caller.ended(newRevision("Rollout", "shop"));

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(ended.text("mechanism")).isEqualTo("ReferencedTemplateAnnotation");
      assertThat(workloads.podUidsOf("shop")).hasSize(1).doesNotContainAnyElementsOf(oldPods);
      assertThat(ready.lowestUntil(workloads.podUidsOf("shop"))).isEqualTo(1);
      JsonNode deployment = workloads.get("deployment", "shop");
      assertThat(templateAnnotation(deployment)).isEqualTo(ended.text("trigger"));
      assertThat(deployment.at("/metadata/generation").asInt()).isEqualTo(2);
      assertThat(claimOf(deployment)).isEqualTo(ended.text("name"));
      JsonNode rollout = workloads.get("rollout", "shop");
      assertThat(rollout.path("spec").has("template")).isFalse();
      assertThat(rollout.at("/metadata/generation").asInt()).isEqualTo(1);
      assertThat(claimOf(rollout)).isEqualTo(ended.text("name"));
    }
  }

  /** Its Deployment, at 0 replicas, is what kubectl calls successfully rolled out at once. */
  @Test
  void followsTheRolloutOfADeploymentUntilItsPodsAreNew() {
    create(deployment("asked").pods("ready-after", "5s"), "answering", 2);
    Set<String> oldPods = workloads.podUidsOf("asked");

    Answer begun = caller.begin(namespace, "Deployment", "asked");
    workloads.kubectl("rollout", "status", "deployment/asked");
    Answer early = caller.get(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(early.text("phase")).as(early.body().toString()).isEqualTo("Progressing");
    assertThat(early.body().at("/followed/kind").asString("")).isEqualTo("Rollout");
    assertThat(early.body().at("/followed/name").asString("")).isEqualTo("answering");
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf("asked")).hasSize(2).doesNotContainAnyElementsOf(oldPods);
    assertThat(claimOf(workloads.get("rollout", "answering"))).isEqualTo(ended.text("name"));
  }

  @Test
  void refusesToRecreateThePodsOfADeploymentThatHasNone() {
    create(deployment("lent"), "borrowing", 1);
    String before = workloads.resourceVersionOf("deployment", "lent");

    Answer refused = caller.post(namespace, body("Deployment", "lent", "RecreatePods"));

    assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("ReferredToByRollout");
    assertThat(refused.text("detail")).contains("Rollout " + namespace + "/borrowing");
    assertThat(workloads.resourceVersionOf("deployment", "lent")).isEqualTo(before);
  }

  @Test
  void claimsAllRolloutsThatShareThePodTemplate() {
    Manifest shared = deployment("shared").replicas(0);
    workloads.namespace().apply(shared.yaml());
    for (String name : Set.of("one", "another")) {
      workloads.namespace().apply(referring(name, shared, 1, "{canary: {}}"));
      workloads.awaitAvailable("rollout", name, 1);
    }

    Answer ended = caller.ended(newRevision("Rollout", "one"));

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    for (String name : Set.of("one", "another")) {
      assertThat(claimOf(workloads.get("rollout", name))).isEqualTo(ended.text("name"));
    }
  }

  @Test
  void goesThroughTheStepsOfTheRollout() {
    workloads.createReferring(
        "stepwise",
        deployment("stepwise"),
        2,
        "{canary: {steps: [{setWeight: 50}, {pause: {duration: 5s}}]}}");

    Answer begun = caller.triggered(newRevision("Rollout", "stepwise"));
    Answer paused =
        caller.awaitUntil(begun.location(), now -> now.text("reason").equals("PausedAtStep"));
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(paused.body().at("/steps/current").asInt()).isEqualTo(2);
    assertThat(paused.body().at("/steps/weight").asInt()).isEqualTo(50);
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @Test
  void isSupersededBySomeoneElsesChangeOfTheDeployment() {
    workloads.createReferring(
        "overtaken",
        deployment("overtaken"),
        2,
        "{canary: {steps: [{setWeight: 50}, {pause: {}}]}}");

    Answer begun = caller.triggered(newRevision("Rollout", "overtaken"));
    caller.awaitBlocked(begun.location());
    workloads.kubectl("set", "image", "deployment/overtaken", "app=example.com/app:2");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("TemplateChanged");
  }

  private void create(Manifest deployment, String rollout, int replicas) {
    workloads.createReferring(rollout, deployment, replicas, "{canary: {}}");
  }

  private Answer newRevision(String kind, String name) {
    return caller.newRevision(namespace, kind, name);
  }

  private static String body(String kind, String name, String strategy) {
    return "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"%s\"}"
        .formatted(kind, name, strategy);
  }

  private static String templateAnnotation(JsonNode workload) {
    return workload.at("/spec/template/metadata/annotations").path(RESTARTED_AT).asString("");
  }

  private static String claimOf(JsonNode workload) {
    return workload.at("/metadata/annotations").path(CLAIM).asString("");
  }
}
