package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Pods recreated by evictions of our own, from the POST to the real end. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvictionClusterTests {

  private TestCluster cluster;
  private Namespace own;
  private Service service;
  private Caller caller;
  private Workloads workloads;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    this.cluster = cluster;
    this.own = own;
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void replacesAllPodsOfADeploymentWithinItsReplicaSetOneAtATime() {
    workloads.create(deployment("web").replicas(5).pods("ready-after", "1s"));
    Set<String> oldPods = workloads.podUidsOf("web");
    Set<String> replicaSets = workloads.replicaSetUidsOf("web");
    try (ReadyPods ready = new ReadyPods(cluster, own, "web", 5)) {
      Answer ended = caller.ended(recreate("Deployment", "web"));

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(ended.text("mechanism")).isEqualTo("Eviction");
      Set<String> newPods = workloads.podUidsOf("web");
      assertThat(newPods).hasSize(5).doesNotContainAnyElementsOf(oldPods);
      assertThat(workloads.replicaSetUidsOf("web")).isEqualTo(replicaSets);
      assertThat(ready.lowestUntil(newPods)).isEqualTo(4);
      assertThat(ended.number("progress", "lowestAvailable")).isEqualTo(4);
    }
  }

  @Test
  void replacesThePodsOfAStatefulSetFromTheHighestOrdinalDown() {
    workloads.create(statefulSet("ledger").pods("ready-after", "1s"));
    Set<String> oldPods = workloads.podUidsOf("ledger");
    try (ReadyPods ready = new ReadyPods(cluster, own, "ledger", 3)) {
      Answer ended = caller.ended(recreate("StatefulSet", "ledger"));

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      Set<String> newPods = workloads.podUidsOf("ledger");
      assertThat(newPods).hasSize(3).doesNotContainAnyElementsOf(oldPods);
      assertThat(ready.lowestUntil(newPods)).isEqualTo(2);
    }
    assertThat(createdAt("ledger-2")).isLessThan(createdAt("ledger-1"));
    assertThat(createdAt("ledger-1")).isLessThan(createdAt("ledger-0"));
    assertThat(workloads.controllerRevisionsOf("ledger")).hasSize(1);
  }

  @Test
  void replacesThePodsOfADaemonSet() {
    workloads.create(daemonSet("agent").pods("ready-after", "1s"));
    Set<String> oldPods = workloads.podUidsOf("agent");
    try (ReadyPods ready = new ReadyPods(cluster, own, "agent", 4)) {
      Answer ended = caller.ended(recreate("DaemonSet", "agent"));

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      Set<String> newPods = workloads.podUidsOf("agent");
      assertThat(newPods).hasSize(4).doesNotContainAnyElementsOf(oldPods);
      assertThat(ready.lowestUntil(newPods)).isEqualTo(3);
    }
    assertThat(workloads.controllerRevisionsOf("agent")).hasSize(1);
  }

  @Test
  void evictsNoMoreAtOnceThanTheBudgetAllows() {
    workloads.create(
        deployment("tight")
            .replicas(4)
            .pods("ready-after", "1s")
            .with("strategy: {rollingUpdate: {maxUnavailable: 3}}"));
    createBudget("tight", 3, 1);
    try (ReadyPods ready = new ReadyPods(cluster, own, "tight", 4)) {
      Answer ended = caller.ended(recreate("Deployment", "tight"));

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(ready.lowestUntil(workloads.podUidsOf("tight"))).isEqualTo(3);
    }
  }

  @Test
  void namesTheBudgetThatHasNoRoomAndGoesOnWhenItHas() {
    workloads.create(deployment("held"));
    createBudget("held", 3, 0);
    Set<String> oldPods = workloads.podUidsOf("held");

    Answer begun = caller.triggered(recreate("Deployment", "held"));
    Answer blocked = caller.awaitBlocked(begun.location());
    Set<String> meanwhile = workloads.podUidsOf("held");
    workloads.kubectl(
        "patch", "pdb", "held", "--type=merge", "--patch={\"spec\": {\"minAvailable\": 2}}");
    Answer ended = caller.awaitEnd(begun.location());

    JsonNode blocker = blocked.body().path("blockers").get(0);
    assertThat(blocker.path("reason").asString()).isEqualTo("DisruptionBudget");
    assertThat(blocker.path("object").asString()).isEqualTo("PodDisruptionBudget held");
    assertThat(meanwhile).isEqualTo(oldPods);
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf("held")).doesNotContainAnyElementsOf(oldPods);
  }

  /** Argo itself evicts nothing then, for ever. */
  @Test
  void recreatesThePodsOfARolloutThoughOneIsNotReady() {
    own.apply(rollout("storefront").pods("pod", "never-ready").yaml());
    workloads.awaitPods("storefront", 3);
    healAllButOne("storefront");
    workloads.awaitAvailable("rollout", "storefront", 2);
    Set<String> oldPods = workloads.podUidsOf("storefront");

    Answer begun = caller.triggered(recreate("Rollout", "storefront"));
    healUntilEnd("storefront", begun.location());
    Answer ended = caller.get(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(ended.text("mechanism")).isEqualTo("Eviction");
    assertThat(workloads.podUidsOf("storefront")).hasSize(3).doesNotContainAnyElementsOf(oldPods);
    assertThat(workloads.replicaSetsOf("storefront")).hasSize(1);
    assertThat(workloads.get("rollout", "storefront").path("spec").has("restartAt")).isFalse();
  }

  @Test
  void namesANewPodThatDoesNotGetReady() {
    workloads.createWell(deployment("stuck").pods("pod", "never-ready"));

    Answer begun = caller.triggered(recreate("Deployment", "stuck"));
    Answer blocked = caller.awaitBlocked(begun.location());
    Set<String> pods = workloads.podNamesOf("stuck");

    JsonNode blocker = blocked.body().path("blockers").get(0);
    assertThat(blocker.path("reason").asString()).isEqualTo("NotReady");
    assertThat(pods).contains(blocker.path("object").asString().replace("Pod ", ""));
    assertThat(pods).hasSize(3);
  }

  private Answer recreate(String kind, String name) {
    return caller.post(
        own.name(),
        "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"RecreatePods\"}"
            .formatted(kind, name));
  }

  /** Creates it and waits until its controller has reckoned so much room. */
  private void createBudget(String app, int minAvailable, int room) {
    own.apply(
"""
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: %s
spec:
  minAvailable: %d
  selector:
    matchLabels: {app: %s}
"""
            .formatted(app, minAvailable, app));
    workloads.kubectl(
        "wait",
        "--for=jsonpath={.status.disruptionsAllowed}=" + room,
        "pdb/" + app,
        "--timeout=120s");
  }

  private void healAllButOne(String app) {
    workloads.podNamesOf(app).stream()
        .skip(1)
        .forEach(pod -> workloads.kubectl("annotate", "pod", pod, "test.reprise.dev/pod-"));
  }

  /** Whatever new pod comes gets ready. */
  private void healUntilEnd(String app, String location) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> {
          workloads.heal(app);
          return caller.get(location).isFinished();
        });
  }

  private String createdAt(String pod) {
    return workloads.get("pod", pod).at("/metadata/creationTimestamp").asString();
  }
}
