package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Restarts that are cancelled under way, to the real end of the way back. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelClusterTests {

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
  void bringsTheOldReplicaSetBackInTheMiddleOfARestart() {
    workloads.create(deployment("web").replicas(10).pods("ready-after", "4s"));
    Map<String, Integer> before = scaleOfReplicaSetsOf("web");
    JsonNode template = templateOf("deployment", "web");
    Answer begun = caller.begin(namespace, "Deployment", "web");
    caller.awaitReplaced(begun.location(), 1);

    Answer cancelled = caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.location()).isEqualTo(begun.location());
    assertThat(cancelled.body().path("cancelRequested").asBoolean()).isTrue();
    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("reason")).isEqualTo("TakenBack");
    assertThat(ended.number("progress", "replaced")).isZero();
    assertThat(templateOf("deployment", "web")).isEqualTo(template);
    assertThat(scaleOfReplicaSetsOf("web"))
        .hasSize(2)
        .containsAllEntriesOf(before)
        .containsValue(0);
    assertThat(before.values()).containsExactly(10);
    assertThat(workloads.podUidsOf("web")).hasSize(10);
    assertThat(caller.get(begun.location() + "/result").text("code")).isEqualTo("RestartCancelled");
  }

  @Test
  void showsTheWayBackInLines() {
    workloads.create(deployment("told").replicas(4).pods("ready-after", "4s"));
    Answer begun = caller.begin(namespace, "Deployment", "told");
    caller.awaitReplaced(begun.location(), 1);

    caller.cancel(begun.location());
    List<String> lines;
    try (Stream<String> all = caller.lines(begun.location() + "/events", "text/plain")) {
      lines = all.toList();
    }

    assertThat(lines)
        .contains(
            "error: restart of deployment \"told\" was cancelled (TakenBack): "
                + "Old pods back: 4/4; the pod template is as it was")
        .anyMatch(line ->
            line.matches(
                "Waiting for deployment \"told\" restart to be cancelled: "
                    + "old pods back: \\d/4; new ones left: \\d\\.\\.\\."));
  }

  @Test
  void waitsForTheEndWhenAskedTo() {
    workloads.createWell(deployment("awaited").pods("pod", "never-ready"));
    Answer begun = caller.begin(namespace, "Deployment", "awaited");

    Answer cancelled = caller.cancel(begun.location(), "Prefer", "wait=50");

    assertThat(caller.ended(cancelled).text("phase")).isEqualTo("Cancelled");
    assertThat(cancelled.headers().firstValue("Preference-Applied")).contains("wait=50");
  }

  @Test
  void removesTheUpdatedPodThatAStatefulSetWaitsForEver() {
    workloads.createWellInOrder(statefulSet("ledger").pods("pod", "never-ready"));
    Set<String> former = Set.copyOf(workloads.revisionsOfPodsOf("ledger"));
    Answer begun = caller.begin(namespace, "StatefulSet", "ledger");
    caller.awaitRevisions(begun.location(), 2);

    Answer cancelled = caller.cancel(begun.location());
    awaitPodsOf("ledger", former, 3);
    workloads.heal("ledger");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("message")).startsWith("Old pods back: 3/3");
    assertThat(former).hasSize(1);
  }

  @Test
  void namesTheBudgetThatKeepsAnUnreadyPodFromBeingEvicted() {
    workloads.createWellInOrder(statefulSet("guarded").pods("pod", "never-ready"));
    workloads.namespace().apply(budget("guarded"));
    Set<String> former = Set.copyOf(workloads.revisionsOfPodsOf("guarded"));
    Answer begun = caller.begin(namespace, "StatefulSet", "guarded");
    caller.awaitRevisions(begun.location(), 2);
    workloads.kubectl(
        "wait",
        "--for=jsonpath={.status.currentHealthy}=2",
        "poddisruptionbudget/guarded",
        "--timeout=120s");

    caller.cancel(begun.location());
    Answer blocked = awaitBlockedBy(begun.location(), "DisruptionBudget");
    workloads.kubectl("delete", "poddisruptionbudget", "guarded");
    awaitPodsOf("guarded", former, 3);
    workloads.heal("guarded");

    assertThat(blocked.body().path("cancelRequested").asBoolean()).isTrue();
    assertThat(blocked.text("message")).contains("PodDisruptionBudget guarded", "pod guarded-2");
    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Cancelled");
  }

  @Test
  void leavesThePodsBelowThePartitionAlone() {
    workloads.create(
        statefulSet("canaried")
            .pods("ready-after", "4s")
            .with("updateStrategy: {rollingUpdate: {partition: 1}}"));
    Set<String> oldPods = workloads.podUidsOf("canaried");
    Set<String> former = Set.copyOf(workloads.revisionsOfPodsOf("canaried"));
    Answer begun = caller.begin(namespace, "StatefulSet", "canaried");
    caller.awaitReplaced(begun.location(), 1);

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("message")).startsWith("Old pods back: 2/2");
    assertThat(Set.copyOf(workloads.revisionsOfPodsOf("canaried"))).isEqualTo(former);
    assertThat(workloads.podUidsOf("canaried")).hasSize(3).containsAnyElementsOf(oldPods);
  }

  /** Its controller would leave them there for ever. */
  @Test
  void waitsForThePodsThatARaisedPartitionKeeps() {
    workloads.create(statefulSet("raised").pods("ready-after", "4s"));
    Set<String> former = Set.copyOf(workloads.revisionsOfPodsOf("raised"));
    Answer begun = caller.begin(namespace, "StatefulSet", "raised");
    caller.awaitReplaced(begun.location(), 1);
    workloads.setUpdateStrategy("statefulset", "raised", "{\"rollingUpdate\": {\"partition\": 3}}");

    caller.cancel(begun.location());
    Answer blocked =
        caller.awaitUntil(
            begun.location(),
            answer ->
                answer.text("reason").equals("Cancelling")
                    && answer.text("message").contains("PartitionLeavesOut"));
    workloads.paste(blocked.nextSteps().getFirst());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Cancelled");
    assertThat(Set.copyOf(workloads.revisionsOfPodsOf("raised"))).isEqualTo(former);
  }

  @Test
  void bringsTheOldRevisionOfADaemonSetBack() {
    workloads.create(daemonSet("agent").pods("ready-after", "4s"));
    Set<String> former = Set.copyOf(workloads.revisionsOfPodsOf("agent"));
    Answer begun = caller.begin(namespace, "DaemonSet", "agent");
    caller.awaitReplaced(begun.location(), 1);

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("message")).startsWith("Old pods back: 4/4");
    assertThat(workloads.revisionsOfPodsOf("agent")).hasSize(4).allMatch(former::contains);
    assertThat(workloads.controllerRevisionsOf("agent")).hasSize(2);
  }

  @Test
  void stopsItsOwnEvictionsAndTellsHowManyPodsWereRestarted() {
    workloads.create(deployment("evicted").replicas(6).pods("ready-after", "4s"));
    Set<String> oldPods = workloads.podUidsOf("evicted");
    Answer begun =
        caller.triggered(
            caller.post(
                namespace,
                "{\"kind\": \"Deployment\", \"name\": \"evicted\", \"strategy\": \"RecreatePods\"}"));
    String before = workloads.stateOf("deployment", "evicted");
    caller.awaitReplaced(begun.location(), 1);

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Cancelled");
    assertThat(ended.text("reason")).isEqualTo("EvictionsStopped");
    long spared = workloads.awaitKept("Deployment", "evicted", 6, oldPods);
    assertThat(spared).isBetween(1L, 5L);
    assertThat(ended.text("message"))
        .isEqualTo(
            "%d of 6 pods were restarted and stay so; left alone: %d"
                .formatted(6 - spared, spared));
    assertThat(workloads.stateOf("deployment", "evicted")).isEqualTo(before);
  }

  @Test
  void revertsNothingWhenSomebodyElseHasChangedTheTemplate() {
    workloads.createWell(deployment("overtaken").pods("pod", "never-ready"));
    Answer begun = caller.begin(namespace, "Deployment", "overtaken");
    workloads.kubectl("set", "image", "deployment/overtaken", "app=example.com/app:2");
    JsonNode theirs = templateOf("deployment", "overtaken");

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(templateOf("deployment", "overtaken")).isEqualTo(theirs);
  }

  @Test
  void isSupersededBySomebodyElsesChangeOnTheWayBack() {
    workloads.createWell(
        deployment("turned")
            .pods("pod", "never-ready")
            .with("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"));
    Answer begun = caller.begin(namespace, "Deployment", "turned");
    caller.awaitRevisions(begun.location(), 2);

    Answer cancelled = caller.cancel(begun.location());
    workloads.kubectl("set", "image", "deployment/turned", "app=example.com/app:2");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(cancelled.body().path("cancelRequested").asBoolean()).isTrue();
    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("TemplateChanged");
  }

  @Test
  void namesThePauseThatKeepsADeploymentFromGoingBack() {
    workloads.createWell(
        deployment("halted")
            .pods("pod", "never-ready")
            .with("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"));
    Answer begun = caller.begin(namespace, "Deployment", "halted");
    caller.awaitRevisions(begun.location(), 2);
    workloads.kubectl("rollout", "pause", "deployment/halted");

    caller.cancel(begun.location());
    Answer blocked = awaitBlockedBy(begun.location(), "Paused");

    assertThat(blocked.text("message")).contains("Old pods back: 2/3", "paused");
  }

  @Test
  void failsWhenTheTimeIsUpOnTheWayBack() {
    workloads.createWell(
        deployment("tardy")
            .pods("pod", "never-ready")
            .with("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"));
    Answer begun =
        caller.triggered(
            caller.post(
                namespace,
                "{\"kind\": \"Deployment\", \"name\": \"tardy\", \"timeout\": \"PT20S\"}"));
    caller.awaitRevisions(begun.location(), 2);

    caller.cancel(begun.location());
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("reason")).isEqualTo("Timeout");
    assertThat(ended.text("message")).contains("on its way back: Old pods back: 2/3");
    assertThat(
            templateOf("deployment", "tardy").path("metadata").path("annotations").propertyNames())
        .containsExactly("test.reprise.dev/pod");
  }

  @Test
  void mayBeRepeatedUntilItHasEnded() {
    workloads.createWell(
        deployment("twice")
            .pods("pod", "never-ready")
            .with("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"));
    Answer begun = caller.begin(namespace, "Deployment", "twice");
    caller.awaitRevisions(begun.location(), 2);

    Answer first = caller.cancel(begun.location());
    Answer second = caller.cancel(begun.location());
    workloads.kubectl(
        "wait", "--for=jsonpath={.status.updatedReplicas}=3", "deployment/twice", "--timeout=120s");
    workloads.heal("twice");
    caller.awaitEnd(begun.location());
    Answer third = caller.cancel(begun.location());

    assertThat(List.of(first.status(), second.status())).containsOnly(202);
    assertThat(third.status()).isEqualTo(409);
    assertThat(third.text("code")).isEqualTo("AlreadyFinished");
    assertThat(third.body().path("restart").path("phase").asString("")).isEqualTo("Cancelled");
  }

  @Test
  void refusesWhatHasSucceededAndSaysHowToGoBack() {
    workloads.create(deployment("done").replicas(1));
    Answer done = caller.restartAndWait(namespace, "Deployment", "done");
    String location = done.body().path("links").path("self").asString("");
    String before = workloads.stateOf("deployment", "done");

    Answer refused = caller.cancel(location);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("AlreadyFinished");
    assertThat(refused.text("detail"))
        .contains("Succeeded", "kubectl rollout undo deployment/done -n " + namespace);
    assertThat(workloads.stateOf("deployment", "done")).isEqualTo(before);
    assertThat(
            workloads.kubectl("get", "restart", done.text("name"), "-o", "jsonpath={.spec.cancel}"))
        .isEqualTo("false");
  }

  @Test
  void knowsNoSuchRestart() {
    Answer answer = caller.cancel("/namespaces/" + namespace + "/restarts/nothing");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text("code")).isEqualTo("RestartNotFound");
  }

  @Test
  void startsNothingThatKubectlMadeCancelled() {
    workloads.create(deployment("unstarted").replicas(1));
    String before = workloads.stateOf("deployment", "unstarted");

    workloads
        .namespace()
        .apply(
"""
apiVersion: reprise.dev/v1
kind: Restart
metadata: {name: unstarted}
spec: {kind: Deployment, name: unstarted, cancel: true}
""");
    Answer ended = caller.awaitEnd("/namespaces/" + namespace + "/restarts/unstarted");

    assertThat(ended.text("reason")).isEqualTo("CancelledBeforeStart");
    assertThat(workloads.stateOf("deployment", "unstarted")).isEqualTo(before);
  }

  private Answer awaitBlockedBy(String location, String reason) {
    return caller.awaitUntil(
        location, answer -> answer.body().at("/blockers/0/reason").asString("").equals(reason));
  }

  /** Waits until all pods are of these revisions. */
  private void awaitPodsOf(String name, Set<String> revisions, int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> workloads.revisionsOfPodsOf(name),
            all -> all.size() == count && revisions.containsAll(all));
  }

  private JsonNode templateOf(String kind, String name) {
    return workloads.get(kind, name).path("spec").path("template");
  }

  private Map<String, Integer> scaleOfReplicaSetsOf(String name) {
    return workloads.replicaSetsOf(name).stream()
        .collect(
            Collectors.toMap(
                set -> set.path("metadata").path("uid").asString(""),
                set -> set.path("spec").path("replicas").asInt(-1)));
  }

  private static String budget(String name) {
    return
"""
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: %1$s}
spec:
  minAvailable: 3
  selector:
    matchLabels: {app: %1$s}
"""
        .formatted(name);
  }
}
