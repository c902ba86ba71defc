package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
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

/** DaemonSets, from the POST to the real end. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DaemonSetClusterTests {

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
    workloads.create(daemonSet("plain"));
    Set<String> oldPods = workloads.podUidsOf("plain");

    Answer ended = caller.restartAndWait(namespace, "DaemonSet", "plain");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.revisionNumbersOf("plain")).containsExactly(1, 2);
    assertThat(workloads.podUidsOf("plain")).hasSize(4).doesNotContainAnyElementsOf(oldPods);
    assertThat(ended.number("progress", "total")).isEqualTo(4);
  }

  /** A DaemonSet has no progress deadline that could end it. */
  @Test
  void failsWhenItsTimeIsUp() {
    workloads.createWell(daemonSet("stuck").pods("pod", "never-ready"));
    String body = "{\"kind\": \"DaemonSet\", \"name\": \"stuck\", \"timeout\": \"PT10S\"}";

    Answer ended = caller.ended(caller.post(namespace, body, "Prefer", "wait=50"));

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("Timeout");
    assertThat(ended.nextSteps()).first().asString().startsWith("kubectl describe pod stuck-");
  }

  @Test
  void staysFullyAvailableWhereItMaySurge() {
    workloads.create(
        daemonSet("surging")
            .pods("ready-after", "1s")
            .with("updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"));

    Answer ended = caller.restartAndWait(namespace, "ds", "surging");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.number("progress", "lowestAvailable")).isEqualTo(4);
  }

  @Test
  void refusesOnDeleteSinceItWouldReplaceNoPod() {
    workloads.create(daemonSet("manual").with("updateStrategy: {type: OnDelete}"));

    Answer refused = caller.restart(namespace, "DaemonSet", "manual");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("OnDelete");
    assertThat(workloads.controllerRevisionsOf("manual")).hasSize(1);
  }

  @Test
  void goesOnByTheCommandThatItNamesWhenOnDeleteIsSetMeanwhile() {
    workloads.create(daemonSet("halted").pods("ready-after", "3s"));
    Answer begun = caller.begin(namespace, "DaemonSet", "halted");
    workloads.setUpdateStrategy(
        "daemonset", "halted", "{\"type\": \"OnDelete\", \"rollingUpdate\": null}");

    Answer blocked =
        caller.awaitUntil(begun.location(), answer -> answer.text("reason").equals("OnDelete"));
    workloads.paste(blocked.nextSteps().getFirst());

    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
  }

  @Test
  void refusesToTakeAllPodsDownAtOnceUnlessThatIsAccepted() {
    workloads.create(
        daemonSet("reckless").with("updateStrategy: {rollingUpdate: {maxUnavailable: 100%}}"));

    Answer refused = caller.restart(namespace, "DaemonSet", "reckless");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("CertainDowntime");
  }

  @Test
  void isSupersededBySomeoneElsesRollout() {
    workloads.create(daemonSet("overtaken").pods("ready-after", "5s"));

    Answer begun = caller.begin(namespace, "DaemonSet", "overtaken");
    workloads.kubectl("set", "image", "daemonset/overtaken", "app=example.com/app:2");

    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Superseded");
  }
}
