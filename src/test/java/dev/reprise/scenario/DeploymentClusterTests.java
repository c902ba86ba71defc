package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Deployments, from the POST to the real end. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentClusterTests {

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
  void endsSucceededWithOneNewRevisionAndNothingButTheStandardAnnotation() {
    workloads.create(deployment("plain"));
    JsonNode before = workloads.get("deployment", "plain");
    Set<String> oldPods = workloads.podUidsOf("plain");

    Answer answer = caller.restartAndWait(namespace, "Deployment", "plain");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("phase")).isEqualTo("Succeeded");
    JsonNode after = workloads.get("deployment", "plain");
    assertThat(workloads.replicaSetsOf("plain")).hasSize(2);
    assertThat(revision(after)).isEqualTo(revision(before) + 1);
    assertThat(template(after).path("metadata").path("annotations").propertyNames())
        .containsExactly("kubectl.kubernetes.io/restartedAt");
    assertThat(template(after).path("metadata").path("labels"))
        .isEqualTo(template(before).path("metadata").path("labels"));
    assertThat(template(after).path("spec")).isEqualTo(template(before).path("spec"));
    assertThat(managersOf(after))
        .contains("reprise")
        .noneMatch(name -> name.startsWith("kubectl-r"));
    assertThat(workloads.podUidsOf("plain")).hasSize(3).doesNotContainAnyElementsOf(oldPods);
    assertThat(answer.number("progress", "replaced")).isEqualTo(3);
    assertThat(answer.number("progress", "lowestAvailable")).isEqualTo(3);
  }

  @Test
  void doesNotSucceedBeforeTheLastOldPodHasEnded() {
    workloads.create(deployment("lingering").replicas(2).pods("terminates-after", "20s"));
    Set<String> oldPods = workloads.podUidsOf("lingering");

    Answer begun = caller.begin(namespace, "deploy", "lingering");
    workloads.kubectl("rollout", "status", "deployment/lingering", "--timeout=180s");

    assertThat(workloads.podUidsOf("lingering")).containsAnyElementsOf(oldPods);
    assertThat(caller.get(begun.location()).text("reason")).isEqualTo("OldPodsTerminating");
    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf("lingering")).doesNotContainAnyElementsOf(oldPods);
  }

  @Test
  void followsOldPodsWhoseReplicaSetIsAlreadyGone() {
    workloads.create(
        deployment("forgetful")
            .replicas(2)
            .with("revisionHistoryLimit: 0")
            .pods("terminates-after", "20s"));
    Set<String> oldPods = workloads.podUidsOf("forgetful");
    Set<String> oldReplicaSets = workloads.replicaSetUidsOf("forgetful");

    Answer begun = caller.begin(namespace, "Deployment", "forgetful");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> workloads.replicaSetUidsOf("forgetful"),
            present -> !present.isEmpty() && Collections.disjoint(present, oldReplicaSets));

    assertThat(workloads.podUidsOf("forgetful")).containsAnyElementsOf(oldPods);
    assertThat(caller.get(begun.location()).text("phase")).isEqualTo("Progressing");
    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf("forgetful")).doesNotContainAnyElementsOf(oldPods);
  }

  @Test
  void restartsTwiceAsTwoRevisions() {
    workloads.create(deployment("repeated").replicas(1));

    Answer first = caller.restartAndWait(namespace, "Deployment", "repeated");
    Answer second = caller.restartAndWait(namespace, "Deployment", "repeated");

    assertThat(List.of(first.text("phase"), second.text("phase"))).containsOnly("Succeeded");
    assertThat(second.text("trigger")).isNotEqualTo(first.text("trigger"));
    assertThat(revision(workloads.get("deployment", "repeated"))).isEqualTo(3);
  }

  /** With the time of an earlier one, the controller would go back to that one's ReplicaSet. */
  @Test
  void makesANewRevisionThoughThereIsOneOfTheSameSecond() {
    workloads.create(deployment("hasty").replicas(1).with("revisionHistoryLimit: 500"));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Set<String> taken =
        IntStream.range(-20, 100)
            .mapToObj(seconds -> now.plusSeconds(seconds).toString())
            .collect(Collectors.toSet());
    workloads
        .namespace()
        .apply(
            taken.stream()
                .map(DeploymentClusterTests::earlierRevision)
                .collect(Collectors.joining("---\n")));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> workloads.replicaSetsOf("hasty"),
            all -> all.stream().allMatch(one -> one.path("metadata").has("ownerReferences")));

    Answer ended = caller.restartAndWait(namespace, "Deployment", "hasty");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.text("trigger")).isNotEmpty().isNotIn(taken);
    assertThat(workloads.replicaSetsOf("hasty")).hasSize(taken.size() + 2);
  }

  /** The controller adopts it, as it does after {@code kubectl delete --cascade=orphan}. */
  private static String earlierRevision(String restartedAt) {
    String hash = restartedAt.replaceAll("[^0-9]", "");
    return
"""
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: hasty-%1$s
  labels: {app: hasty, pod-template-hash: "%1$s"}
spec:
  replicas: 0
  selector:
    matchLabels: {app: hasty, pod-template-hash: "%1$s"}
  template:
    metadata:
      labels: {app: hasty, pod-template-hash: "%1$s"}
      annotations: {kubectl.kubernetes.io/restartedAt: "%2$s"}
    spec:
      containers:
      - name: app
        image: example.com/app:1
"""
        .formatted(hash, restartedAt);
  }

  @Test
  void isSupersededBySomeoneElsesRollout() {
    workloads.createWell(deployment("overtaken").pods("pod", "never-ready"));

    Answer begun = caller.begin(namespace, "Deployment", "overtaken");
    workloads.kubectl("set", "image", "deployment/overtaken", "app=example.com/app:2");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("TemplateChanged");
    assertThat(caller.get(begun.location() + "/result").status()).isEqualTo(409);
  }

  @Test
  void failsWhenTheWorkloadIsDeleted() {
    workloads.createWell(deployment("doomed").pods("pod", "never-ready"));

    Answer begun = caller.begin(namespace, "Deployment", "doomed");
    workloads.kubectl("delete", "deployment", "doomed", "--wait=false");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("WorkloadDeleted");
    assertThat(caller.get(begun.location() + "/result").status()).isEqualTo(424);
  }

  @Test
  void failsWithTheProgressDeadlineAndNamesTheWayBack() {
    workloads.createWell(
        deployment("stuck").pods("pod", "never-ready").with("progressDeadlineSeconds: 3"));

    Answer ended = caller.restartAndWait(namespace, "Deployment", "stuck");

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("ProgressDeadlineExceeded");
    assertThat(ended.nextSteps()).last().asString().startsWith("kubectl rollout undo ");
    workloads.kubectl(
        "patch", "deployment", "stuck", "-p", "{\"spec\": {\"progressDeadlineSeconds\": 600}}");
    workloads.paste(ended.nextSteps().getLast());
    workloads.kubectl("rollout", "status", "deployment/stuck", "--timeout=3m");
  }

  @Test
  void goesOnByTheCommandThatItNamesWhenItIsPausedMeanwhile() {
    workloads.create(deployment("paused").pods("ready-after", "5s"));
    Answer begun = caller.begin(namespace, "Deployment", "paused");
    workloads.kubectl("rollout", "pause", "deployment/paused");

    Answer blocked =
        caller.awaitUntil(begun.location(), answer -> answer.text("reason").equals("Paused"));
    workloads.paste(blocked.nextSteps().getFirst());

    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
  }

  @Test
  void namesThePodThatNoNodeTakes() {
    workloads
        .namespace()
        .apply(inPodSpec(deployment("nowhere").replicas(1), "nodeSelector: {nowhere: here}"));

    Answer blocked = awaitBlocker(caller.begin(namespace, "Deployment", "nowhere"));

    assertThat(blocked.text("reason")).isEqualTo("Unschedulable");
    assertThat(workloads.paste(blocked.nextSteps().getFirst())).contains("nowhere=here");
  }

  @Test
  void namesTheOldPodThatDoesNotEnd() {
    workloads
        .namespace()
        .apply(inPodSpec(deployment("held").replicas(1), "terminationGracePeriodSeconds: 1"));
    workloads.awaitAvailable("Deployment", "held", 1);
    String pod = workloads.podNamesOf("held").iterator().next();
    finalizers(pod, "[\"reprise.dev/held\"]");

    Answer begun = caller.begin(namespace, "Deployment", "held");
    Answer blocked;
    String shown;
    try {
      blocked =
          caller.awaitUntil(
              begun.location(), answer -> answer.text("reason").equals("StuckTerminating"));
      shown = workloads.paste(blocked.nextSteps().getFirst());
    } finally {
      finalizers(pod, "null");
    }

    assertThat(blocked.text("message")).startsWith("Pod " + pod);
    assertThat(shown).startsWith("[\"reprise.dev/held\"]\nNAME ").contains(" Ready ");
    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
  }

  private static String inPodSpec(Manifest manifest, String field) {
    return manifest.yaml().replace("      containers:", "      " + field + "\n      containers:");
  }

  private void finalizers(String pod, String value) {
    workloads.kubectl(
        "patch",
        "pod",
        pod,
        "--type=merge",
        "-p",
        "{\"metadata\": {\"finalizers\": %s}}".formatted(value));
  }

  @Test
  void namesTheCrashLoopingPod() {
    String crashing = deployBreaking("crashing", "crash-loop");

    Answer blocked = awaitBlocker(caller.begin(namespace, "Deployment", "crashing"));

    String pod = newPodOf("crashing", crashing);
    assertThat(blocked.text("reason")).isEqualTo("CrashLoopBackOff");
    assertThat(blocked.text("message")).contains("Pod " + pod);
    assertThat(blocked.nextSteps().getFirst()).startsWith("kubectl logs " + pod);
  }

  @Test
  void namesThePodWhoseImageCannotBePulled() {
    String unpullable = deployBreaking("unpullable", "image-pull");

    Answer blocked = awaitBlocker(caller.begin(namespace, "Deployment", "unpullable"));

    assertThat(blocked.text("reason")).isEqualTo("ImagePullBackOff");
    assertThat(blocked.text("message"))
        .contains("Pod " + newPodOf("unpullable", unpullable), "example.com/app:1");
  }

  /** Returns the name of its pod, which is well; the next one won't be. */
  private String deployBreaking(String name, String behaviour) {
    workloads.createWell(deployment(name).replicas(1).pods("pod", behaviour));
    return workloads.podNamesOf(name).iterator().next();
  }

  private String newPodOf(String name, String oldPod) {
    assertThat(workloads.podNamesOf(name)).hasSize(2).contains(oldPod);
    return workloads.podNamesOf(name).stream().filter(pod -> !pod.equals(oldPod)).findAny().get();
  }

  private Answer awaitBlocker(Answer begun) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> caller.get(begun.location()),
            answer -> !answer.body().path("blockers").isEmpty());
  }

  @Test
  void endsAtOnceWhenScaledToZero() {
    workloads.namespace().apply(deployment("asleep").replicas(0).yaml());

    Answer answer = caller.restartAndWait(namespace, "Deployment", "asleep");

    assertThat(answer.text("phase")).isEqualTo("Succeeded");
    assertThat(answer.text("reason")).isEqualTo("NothingToRestart");
  }

  @Test
  void failsWhenItsTimeIsUp() {
    workloads.createWell(deployment("slow").pods("pod", "never-ready"));
    Answer begun =
        caller.post(
            namespace, "{\"kind\": \"Deployment\", \"name\": \"slow\", \"timeout\": \"PT2S\"}");

    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("Timeout");
  }

  private static JsonNode template(JsonNode deployment) {
    return deployment.path("spec").path("template");
  }

  private static int revision(JsonNode deployment) {
    return deployment
        .path("metadata")
        .path("annotations")
        .path("deployment.kubernetes.io/revision")
        .asInt(-1);
  }

  private static List<String> managersOf(JsonNode deployment) {
    return deployment
        .path("metadata")
        .path("managedFields")
        .valueStream()
        .map(entry -> entry.path("manager").asString(""))
        .toList();
  }
}
