package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Kubectl;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands of the Argo plugin that an answer names, run by the plugin itself. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoCommandsClusterTests {

  private static final String PLUGIN = "kubectl argo rollouts ";
  private static final String CANARY = "{canary: {steps: [{setWeight: 50}, {pause: {}}]}}";

  /** A Rollout that waits for a person amid each new revision. */
  private enum Waiting {
    Canary,
    BlueGreen,
    WorkloadRef
  }

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private Kubectl plugin;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    assumeTrue(cluster.argoRollouts().isPresent(), "This cluster came without the plugin");
    plugin = cluster.argoRollouts().get();
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

  @ParameterizedTest
  @EnumSource
  void endsWhenItIsPromotedByTheCommandThatItNames(Waiting waiting) {
    String name = create(waiting, "promoted");
    Answer begun = caller.triggered(newRevision(name));

    Answer blocked =
        caller.awaitUntil(
            begun.location(), answer -> answer.text("reason").equals("WaitsForPerson"));
    paste(blocked.nextSteps().getFirst());

    Answer ended = caller.awaitEnd(begun.location());
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @ParameterizedTest
  @EnumSource
  void goesBackByTheCommandThatItNamesWhenItWasAborted(Waiting waiting) {
    String name = create(waiting, "aborted");
    Set<String> former = podHashes(name);
    Answer begun = caller.triggered(newRevision(name));
    caller.awaitBlocked(begun.location());
    paste(PLUGIN + "abort " + name + " -n " + namespace);

    Answer ended = caller.awaitEnd(begun.location());
    paste(ended.nextSteps().getFirst());

    assertThat(ended.text("reason")).isEqualTo("RolloutAborted");
    workloads.kubectl(
        "wait", "--for=jsonpath={.status.phase}=Healthy", "rollout/" + name, "--timeout=120s");
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(podHashes(name)).isEqualTo(former));
    assertThat(workloads.get(templateOf(waiting), name).at("/spec/template/metadata").toString())
        .doesNotContain("restartedAt");
  }

  @Test
  void showsByTheCommandThatItNamesWhyItRefuses() {
    String name = create(Waiting.Canary, "busy");
    paste(PLUGIN + "set image " + name + " app=example.com/app:2 -n " + namespace);
    workloads.kubectl(
        "wait", "--for=jsonpath={.status.phase}=Paused", "rollout/" + name, "--timeout=120s");

    Answer refused = newRevision(name);
    String detail = refused.text("detail");
    String shown = paste(detail.substring(detail.indexOf(PLUGIN)));

    assertThat(refused.text("code")).isEqualTo("UpdateUnderWay");
    assertThat(shown).contains(name, "Paused", "CanaryPauseStep");
  }

  private String create(Waiting waiting, String purpose) {
    String name = purpose + "-" + waiting.name().toLowerCase(Locale.ROOT);
    switch (waiting) {
      case Canary -> workloads.create(rollout(name).replicas(2).with("strategy: " + CANARY));
      case BlueGreen -> {
        workloads.kubectl("create", "service", "clusterip", name, "--tcp=80");
        workloads.create(
            rollout(name)
                .replicas(2)
                .with(
                    "strategy: {blueGreen: {activeService: %s, autoPromotionEnabled: false, scaleDownDelaySeconds: 1}}"
                        .formatted(name)));
      }
      case WorkloadRef -> workloads.createReferring(name, deployment(name), 2, CANARY);
    }
    return name;
  }

  /** The kind of the object that has the pod template. */
  private static String templateOf(Waiting waiting) {
    return switch (waiting) {
      case Canary, BlueGreen -> "rollout";
      case WorkloadRef -> "deployment";
    };
  }

  private Set<String> podHashes(String name) {
    String hashes =
        workloads.kubectl(
            "get",
            "pods",
            "--selector=app=" + name,
            "-o",
            "jsonpath={.items[*].metadata.labels.rollouts-pod-template-hash}");
    return Set.copyOf(List.of(hashes.split(" ")));
  }

  private Answer newRevision(String name) {
    return caller.newRevision(namespace, "Rollout", name);
  }

  private String paste(String command) {
    assertThat(command).startsWith(PLUGIN);
    return plugin.run("", List.of(command.substring(PLUGIN.length()).split(" ")));
  }
}
