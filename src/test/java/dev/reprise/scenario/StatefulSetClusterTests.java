package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** StatefulSets, from the POST to the real end. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatefulSetClusterTests {

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
  void endsSucceededWithOneNewControllerRevision() {
    workloads.create(statefulSet("plain"));
    Set<String> oldPods = workloads.podUidsOf("plain");

    Answer ended = caller.restartAndWait(namespace, "StatefulSet", "plain");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.text("mechanism")).isEqualTo("TemplateAnnotation");
    assertThat(workloads.revisionNumbersOf("plain")).containsExactly(1, 2);
    assertThat(workloads.podUidsOf("plain")).hasSize(3).doesNotContainAnyElementsOf(oldPods);
    assertThat(ended.number("progress", "lowestAvailable")).isEqualTo(2);
  }

  @Test
  void leavesThePodsBelowThePartitionAlone() {
    workloads.create(statefulSet("canary").with("updateStrategy: {rollingUpdate: {partition: 2}}"));
    Set<String> oldPods = workloads.podUidsOf("canary");

    Answer ended = caller.restartAndWait(namespace, "sts", "canary");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.number("progress", "total")).isEqualTo(1);
    assertThat(ended.number("progress", "replaced")).isEqualTo(1);
    assertThat(workloads.podUidsOf("canary").stream().filter(oldPods::contains)).hasSize(2);
  }

  @Test
  void refusesAPartitionThatLeavesOutAllPods() {
    workloads.create(
        statefulSet("frozen").replicas(1).with("updateStrategy: {rollingUpdate: {partition: 1}}"));

    Answer refused = caller.restart(namespace, "StatefulSet", "frozen");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("PartitionLeavesOut");
    assertThat(workloads.controllerRevisionsOf("frozen")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          halted  | 0 | OnDelete           | {"type": "OnDelete", "rollingUpdate": null}
          raised  | 0 | PartitionLeavesOut | {"rollingUpdate": {"partition": 3}}
          some    | 0 | PartitionLeavesOut | {"rollingUpdate": {"partition": 2}}
          partly  | 1 | OnDelete           | {"type": "OnDelete", "rollingUpdate": null}
          further | 1 | PartitionLeavesOut | {"rollingUpdate": {"partition": 3}}
          """)
  void replacesWhatItBeganWithByTheCommandThatItNamesWhenItsStrategyIsChangedMeanwhile(
      String name, int partition, String reason, String strategy) {
    workloads.create(
        statefulSet(name)
            .pods("ready-after", "3s")
            .with("updateStrategy: {rollingUpdate: {partition: %d}}".formatted(partition)));
    Set<String> oldPods = workloads.podUidsOf(name);
    Answer begun = caller.begin(namespace, "StatefulSet", name);
    workloads.setUpdateStrategy("statefulset", name, strategy);

    Answer blocked =
        caller.awaitUntil(begun.location(), answer -> answer.text("reason").equals(reason));
    workloads.paste(blocked.nextSteps().getFirst());

    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf(name).stream().filter(oldPods::contains)).hasSize(partition);
  }

  @Test
  void refusesOnDeleteSinceItWouldReplaceNoPod() {
    workloads.create(statefulSet("manual").with("updateStrategy: {type: OnDelete}"));

    Answer refused = caller.restart(namespace, "StatefulSet", "manual");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("OnDelete");
    assertThat(workloads.controllerRevisionsOf("manual")).hasSize(1);
  }

  @Test
  void refusesToTakeTheOnlyPodDownUnlessThatIsAccepted() {
    workloads.create(statefulSet("single").replicas(1));

    Answer refused = caller.restart(namespace, "StatefulSet", "single");
    Answer accepted =
        caller.ended(
            caller.post(
                namespace,
                "{\"kind\": \"StatefulSet\", \"name\": \"single\", \"acceptDowntime\": true}",
                "Prefer",
                "wait=50"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("CertainDowntime");
    assertThat(accepted.text("phase")).isEqualTo("Succeeded");
  }

  @Test
  void namesTheOldPodThatTheControllerWaitsFor() {
    workloads.namespace().apply(statefulSet("stuck").pods("pod", "never-ready").yaml());
    workloads.awaitPods("stuck", 1);

    Answer begun = caller.begin(namespace, "StatefulSet", "stuck");
    Answer blocked = caller.awaitBlocked(begun.location());

    assertThat(blocked.text("reason")).isEqualTo("UnreadyPod");
    assertThat(blocked.nextSteps().getFirst())
        .isEqualTo("kubectl delete pod stuck-0 -n " + namespace);
    String former = workloads.revisionsOfPodsOf("stuck").getFirst();
    workloads.paste(blocked.nextSteps().getFirst());
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(workloads.revisionsOfPodsOf("stuck")).hasSize(1).doesNotContain(former));
  }

  @Test
  void namesThePodThatIsToStayForWhichTheControllerMakesNoneAnewUnderOnDelete() {
    workloads.createWellInOrder(
        statefulSet("hand")
            .pods("pod", "never-ready")
            .with("updateStrategy: {rollingUpdate: {partition: 1}}"));
    String former = workloads.revisionsOfPodsOf("hand").getFirst();
    Answer begun = caller.begin(namespace, "StatefulSet", "hand");
    awaitRevisions("hand", 3, former, 2);
    workloads.setUpdateStrategy(
        "statefulset", "hand", "{\"type\": \"OnDelete\", \"rollingUpdate\": null}");
    workloads.kubectl("delete", "pod", "hand-0");
    workloads.awaitPods("hand", 3);
    workloads.kubectl("delete", "pod", "hand-2");

    caller.awaitUntil(begun.location(), answer -> isLookAt("hand-0", answer));

    assertThat(workloads.podNamesOf("hand")).containsExactlyInAnyOrder("hand-0", "hand-1");
    workloads.kubectl("annotate", "pod", "hand-0", "test.reprise.dev/pod-");
    workloads.awaitPods("hand", 3);
  }

  @Test
  void namesThePodThatIsToStayAndUsesUpWhatMayBeMissingInParallel() {
    workloads.createWell(
        statefulSet("wide")
            .replicas(4)
            .pods("pod", "never-ready")
            .with(
                "podManagementPolicy: Parallel\n"
                    + "  updateStrategy: {rollingUpdate: {partition: 2, maxUnavailable: 2}}"));
    workloads.kubectl("delete", "pod", "wide-0");
    workloads.awaitPods("wide", 4);
    String former = workloads.revisionsOfPodsOf("wide").getFirst();

    Answer begun = caller.begin(namespace, "StatefulSet", "wide");
    caller.awaitUntil(begun.location(), answer -> isLookAt("wide-0", answer));

    assertThat(Collections.frequency(workloads.revisionsOfPodsOf("wide"), former)).isEqualTo(3);
    workloads.kubectl("annotate", "pod", "wide-0", "test.reprise.dev/pod-");
    awaitRevisions("wide", 4, former, 2);
  }

  private void awaitRevisions(String name, int pods, String former, int ofTheFormer) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> workloads.revisionsOfPodsOf(name),
            all -> all.size() == pods && Collections.frequency(all, former) == ofTheFormer);
  }

  private boolean isLookAt(String pod, Answer answer) {
    return answer.nextSteps().contains("kubectl describe pod " + pod + " -n " + namespace);
  }
}
