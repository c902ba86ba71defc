package dev.reprise.testcluster;

import static dev.reprise.testcluster.Manifests.web;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That each kind of pod of stages.yaml behaves as a real kubelet would report it. */
@ClusterTest
class PodStagesClusterTests {
  private static final String READY_CONDITION = ".status.conditions[?(@.type=='Ready')]";
  private static final String CONTAINER = ".status.containerStatuses[0]";

  // What is tested is what a stage waits for; how busy the machine is, isn't.
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  private Kubectl kubectl;

  @BeforeEach
  void useNamespace(Namespace namespace) {
    kubectl = namespace.kubectl();
  }

  @Test
  void becomesReadyAtOnce() {
    kubectl.apply(web(3, Map.of()));

    awaitRollout();

    assertThat(readyAfter()).isLessThan(AT_MOST);
  }

  @Test
  void becomesReadyLater() {
    kubectl.apply(web(1, Map.of("ready-after", "10s")));

    awaitPod("{.status.phase}=Running");
    assertThat(pod(READY_CONDITION + ".status")).isEqualTo("False");
    awaitRollout();

    assertThat(readyAfter()).isBetween(Duration.ofSeconds(10), AT_MOST);
  }

  @Test
  void isNeverReadyUntilHealed() {
    kubectl.apply(web(1, Map.of("pod", "never-ready")));

    awaitPod("{.status.phase}=Running");
    assertThat(pod(READY_CONDITION + ".reason")).isEqualTo("ContainersNotReady");
    assertThat(pod(READY_CONDITION + ".message"))
        .isEqualTo("containers with unready status: [app]");
    kubectl.run("annotate", "pod", "--all", "test.reprise.dev/pod-");

    awaitRollout();
  }

  @Test
  void loopsInCrashes() {
    kubectl.apply(web(1, Map.of("pod", "crash-loop")));

    awaitPod("{" + CONTAINER + ".state.waiting.reason}=CrashLoopBackOff");

    assertThat(pod(".status.phase")).isEqualTo("Running");
    assertThat(pod(CONTAINER + ".restartCount")).isEqualTo("3");
    assertThat(pod(CONTAINER + ".state.waiting.message"))
        .startsWith("back-off 40s restarting failed container=app pod=web-");
    assertThat(pod(CONTAINER + ".lastState.terminated.reason")).isEqualTo("Error");
    assertThat(pod(READY_CONDITION + ".status")).isEqualTo("False");
  }

  @Test
  void cannotPullItsImage() {
    kubectl.apply(web(1, Map.of("pod", "image-pull")));

    awaitPod("{" + CONTAINER + ".state.waiting.reason}=ImagePullBackOff");

    assertThat(pod(".status.phase")).isEqualTo("Pending");
    assertThat(pod(CONTAINER + ".state.waiting.message")).contains("\"example.com/web:1\"");
    assertThat(pod(READY_CONDITION + ".status")).isEqualTo("False");
  }

  @Test
  void isGoneAtOnce() {
    kubectl.apply(web(1, Map.of()));
    awaitRollout();

    assertThat(deletion()).isLessThan(AT_MOST);
  }

  @Test
  void takesItsTimeToTerminate() {
    kubectl.apply(web(1, Map.of("terminates-after", "3s")));
    awaitRollout();

    assertThat(deletion()).isBetween(Duration.ofSeconds(3), AT_MOST);
  }

  @Test
  void takesItsTimeAtBothEnds() {
    kubectl.apply(web(1, Map.of("ready-after", "2s", "terminates-after", "3s")));
    awaitRollout();

    assertThat(readyAfter()).isBetween(Duration.ofSeconds(2), AT_MOST);
    assertThat(deletion()).isBetween(Duration.ofSeconds(3), AT_MOST);
  }

  private void awaitRollout() {
    kubectl.run("rollout", "status", "deployment/web", "--timeout=120s");
  }

  private void awaitPod(String jsonPath) {
    kubectl.run("wait", "--for=create", "pod", "--selector=app=web", "--timeout=120s");
    kubectl.run(
        "wait", "--for=jsonpath=" + jsonPath, "pod", "--selector=app=web", "--timeout=120s");
  }

  private String pod(String path) {
    return kubectl.run("get", "pod", "--output=jsonpath={.items[0]" + path + "}");
  }

  /** From start to Ready as the pod itself tells it, in whole seconds. */
  private Duration readyAfter() {
    return Duration.between(
        Instant.parse(pod(".status.startTime")),
        Instant.parse(pod(READY_CONDITION + ".lastTransitionTime")));
  }

  /** How long one pod takes from the call that deletes it until it is gone. */
  private Duration deletion() {
    String name = pod(".metadata.name");
    long start = System.nanoTime();
    kubectl.run("delete", "pod", name, "--wait=true");
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
