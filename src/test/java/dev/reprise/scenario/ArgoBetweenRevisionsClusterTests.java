package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Argo Rollouts that are held, or not at the end of their update: a change of the pod template
 * would resume what was aborted, or begin the update anew.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgoBetweenRevisionsClusterTests {

  private static final String STRATEGY = "{canary: {steps: [{setWeight: 50}, {pause: {}}]}}";

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

  enum State {
    Aborted("AbortedRollout"),
    MidUpdate("UpdateUnderWay"),
    Paused("Paused");

    private final String code;

    State(String code) {
      this.code = code;
    }

    String of(String kind) {
      return kind + "-" + name().toLowerCase(Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesANewRevisionAndWritesNothing(State state) {
    String name = state.of("inline");
    workloads.create(rollout(name).replicas(2).with("strategy: " + STRATEGY));
    bringInto(state, name, "rollout");
    String before = workloads.writtenOf("rollout", name);

    Answer refused = newRevision("Rollout", name);

    assertThat(refused.status()).as(refused.body().toString()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo(state.code);
    assertThat(workloads.writtenOf("rollout", name)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void refusesANewRevisionByTheDeploymentAndWritesNothing(State state) {
    String name = referringIn(state, "referring");
    String rollout = workloads.writtenOf("rollout", name);
    String deployment = workloads.resourceVersionOf("deployment", name);

    Answer ofRollout = newRevision("Rollout", name);
    Answer ofDeployment = newRevision("Deployment", name);

    assertThat(ofRollout.status()).as(ofRollout.body().toString()).isEqualTo(422);
    assertThat(ofRollout.text("code")).isEqualTo(state.code);
    assertThat(ofDeployment.status()).as(ofDeployment.body().toString()).isEqualTo(422);
    assertThat(ofDeployment.text("code")).isEqualTo(state.code);
    assertThat(workloads.writtenOf("rollout", name)).isEqualTo(rollout);
    assertThat(workloads.resourceVersionOf("deployment", name)).isEqualTo(deployment);
  }

  @ParameterizedTest
  @EnumSource
  void autoRecreatesThePodsAndLeavesTheStateAsItIs(State state) {
    String name = referringIn(state, "auto");
    String step = workloads.statusOf(name, "{.status.currentStepIndex}{.status.abort}");

    Answer ended = caller.restartAndWait(namespace, "Rollout", name);

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(ended.text("mechanism")).isEqualTo("RestartAt");
    assertThat(workloads.statusOf(name, "{.status.currentStepIndex}{.status.abort}"))
        .isEqualTo(step);
  }

  private String referringIn(State state, String kind) {
    String name = state.of(kind);
    workloads.createReferring(name, deployment(name), 2, STRATEGY);
    bringInto(state, name, "deployment");
    return name;
  }

  /**
   * @param kind of the object with the pod template
   */
  private void bringInto(State state, String name, String kind) {
    switch (state) {
      case Aborted -> {
        update(name, kind);
        patch(name, "{\"status\": {\"abort\": true}}", "--subresource=status");
        awaitStatus(name, "{.status.phase}=Degraded");
        workloads.awaitAvailable("rollout", name, 2);
      }
      case MidUpdate -> update(name, kind);
      case Paused -> {
        patch(name, "{\"spec\": {\"paused\": true}}");
        awaitStatus(name, "{.status.phase}=Paused");
      }
    }
  }

  private void update(String name, String kind) {
    workloads.kubectl(
        "patch",
        kind,
        name,
        "--type=json",
        "--patch=[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\","
            + " \"value\": \"example.com/app:2\"}]");
    awaitStatus(name, "{.status.pauseConditions[0].reason}=CanaryPauseStep");
    workloads.awaitAvailable("rollout", name, 2);
  }

  private void patch(String name, String patch, String... more) {
    workloads.kubectl(
        Stream.concat(
                Stream.of("patch", "rollout", name, "--type=merge", "--patch=" + patch),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private void awaitStatus(String name, String is) {
    workloads.kubectl("wait", "rollout/" + name, "--for=jsonpath=" + is, "--timeout=120s");
  }

  private Answer newRevision(String kind, String name) {
    return caller.newRevision(namespace, kind, name);
  }
}
