package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
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

/** Argo Rollouts, from the POST to the real end. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoRolloutClusterTests {

  private static final String WAITS_FOR_A_PERSON =
      "strategy: {canary: {steps: [{setWeight: 50}, {pause: {}}]}}";

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
  void replacesThePodsWithinTheSameReplicaSetThoughTheyAreASecondOld() {
    workloads.create(rollout("canary"));
    Set<String> oldPods = workloads.podUidsOf("canary");

    Answer ended = caller.restartAndWait(namespace, "Rollout", "canary");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.text("mechanism")).isEqualTo("RestartAt");
    assertThat(workloads.replicaSetsOf("canary")).hasSize(1);
    assertThat(workloads.podUidsOf("canary")).hasSize(3).doesNotContainAnyElementsOf(oldPods);
  }

  /** A pod is missing for two seconds each time; two may be for the moment between two looks. */
  @Test
  void tellsHowFewPodsWereAvailable() {
    workloads.create(rollout("thinned").pods("ready-after", "2s"));

    Answer ended = caller.restartAndWait(namespace, "Rollout", "thinned");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(ended.number("progress", "lowestAvailable")).isBetween(1, 2);
  }

  @Test
  void waitsForTheLastOldPodToEnd() {
    workloads.create(rollout("lingering").replicas(2).pods("terminates-after", "3s"));
    Set<String> oldPods = workloads.podUidsOf("lingering");

    Answer ended = caller.restartAndWait(namespace, "ro", "lingering");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf("lingering")).doesNotContainAnyElementsOf(oldPods);
  }

  @Test
  void followsARolloutThatRefersToADeployment() {
    workloads.createReferring("referring", deployment("template"), 2, "{canary: {}}");
    Set<String> oldPods = workloads.podUidsOf("template");

    Answer ended = caller.restartAndWait(namespace, "Rollout", "referring");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf("template")).hasSize(2).doesNotContainAnyElementsOf(oldPods);
  }

  /** With a new revision there would be none, but nobody has asked for one that a person ends. */
  @Test
  void refusesCertainDowntimeUnlessItIsAccepted() {
    workloads.create(rollout("single").replicas(1).with(WAITS_FOR_A_PERSON));
    String before = workloads.stateOf("rollout", "single");

    Answer refused = caller.restart(namespace, "Rollout", "single");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("CertainDowntime");
    assertThat(workloads.stateOf("rollout", "single")).isEqualTo(before);
    assertThat(workloads.restarted()).doesNotContain("single");

    Answer accepted =
        caller.ended(
            caller.post(
                namespace,
                "{\"kind\": \"Rollout\", \"name\": \"single\", \"acceptDowntime\": true}"));

    assertThat(accepted.text("phase")).isEqualTo("Succeeded");
    assertThat(accepted.number("progress", "lowestAvailable")).isZero();
  }

  @Test
  void isNotSupersededByAnotherWordingOfItsTemplate() {
    workloads.createWell(rollout("reworded").replicas(2).pods("pod", "never-ready"));

    Answer begun = caller.begin(namespace, "Rollout", "reworded");
    workloads.reword("reworded");
    while (!caller.get(begun.location()).isFinished()) {
      workloads.heal("reworded");
    }
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @Test
  void isSupersededBySomeoneElsesRestart() {
    workloads.createWell(rollout("overtaken").pods("pod", "never-ready"));

    Answer begun = caller.begin(namespace, "Rollout", "overtaken");
    workloads.kubectl(
        "patch",
        "rollout",
        "overtaken",
        "--type=merge",
        "-p",
        "{\"spec\": {\"restartAt\": \"2099-01-01T00:00:00Z\"}}");
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("RestartAtChanged");
  }

  @Test
  void takesRestartAtBackWhenItsTimeIsUp() {
    workloads.createWell(rollout("slow").pods("pod", "never-ready"));

    Answer begun =
        caller.triggered(
            caller.post(
                namespace, "{\"kind\": \"Rollout\", \"name\": \"slow\", \"timeout\": \"PT8S\"}"));
    assertThat(workloads.get("rollout", "slow").path("spec").has("restartAt")).isTrue();
    Answer ended = caller.awaitEnd(begun.location());

    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("Timeout");
    assertThat(workloads.get("rollout", "slow").path("spec").has("restartAt")).isFalse();
  }
}
