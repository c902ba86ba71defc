package dev.reprise.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What can be done to the processes; on a cluster of its own, since it breaks it. */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Binaries#possible")
@ResourceLock("a second cluster")
class LocalProcessesClusterTests {
  private static final Path HOME = Path.of("target/cluster/faults");
  private static @Nullable LocalProcesses cluster;

  @BeforeAll
  static void start() {
    cluster = LocalProcesses.start(HOME);
  }

  @AfterAll
  static void stop() {
    if (cluster == null) {
      return;
    }
    // One that has ended by itself has no handle any more; it must not keep the others alive.
    List<ProcessHandle> processes =
        List.of(Component.values()).stream()
            .map(component -> ProcessHandle.of(cluster.pid(component)))
            .flatMap(Optional::stream)
            .toList();

    cluster.close();

    assertThat(processes).hasSize(Component.values().length).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void saysItsVersion() {
    String built = Pattern.quote(GoModule.controlPlane().kubernetes().orElseThrow());

    assertThat(cluster.kubectl().run("version", "--output=yaml"))
        .containsPattern(
            "(?s)clientVersion.*gitVersion: %s\n.*serverVersion.*gitVersion: %s\n"
                .formatted(built, built));
  }

  @Test
  void keepsAddressAndDataOverACrashOfTheApiServer() {
    String before =
        cluster.kubectl().run("get", "namespace", "default", "--output=jsonpath={.metadata.uid}");
    long pid = cluster.pid(Component.API_SERVER);

    cluster.kill(Component.API_SERVER);
    assertThatThrownBy(() -> cluster.kubectl().run("get", "--raw", "/readyz"))
        .isInstanceOf(ClusterFailure.class);
    cluster.start(Component.API_SERVER);

    assertThat(cluster.pid(Component.API_SERVER)).isNotEqualTo(pid);
    assertThat(
            cluster
                .kubectl()
                .run("get", "namespace", "default", "--output=jsonpath={.metadata.uid}"))
        .isEqualTo(before);
  }

  @Test
  void freezesAndThawsAComponent() {
    Kubectl kubectl = cluster.kubectl();
    kubectl.run("create", "namespace", "frozen");
    cluster.freeze(Component.CONTROLLER_MANAGER);

    kubectl.in("frozen").apply(Manifests.web(1, Map.of()));
    assertThatThrownBy(
            () -> kubectl.in("frozen").run("rollout", "status", "deployment/web", "--timeout=2s"))
        .isInstanceOf(ClusterFailure.class);
    cluster.thaw(Component.CONTROLLER_MANAGER);

    kubectl.in("frozen").run("rollout", "status", "deployment/web", "--timeout=120s");
  }

  @Test
  void refusesASecondClusterInItsFolder() {
    assertThatThrownBy(() -> LocalProcesses.start(HOME))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("already running");
  }

  @Test
  void reviewsATokenForAnotherAudience() {
    Kubectl kubectl = cluster.kubectl();
    kubectl.run("wait", "--for=create", "serviceaccount/default", "--namespace=default");
    String token = kubectl.run("create", "token", "default", "--audience=reprise").strip();

    String review =
        kubectl.run(
"""
apiVersion: authentication.k8s.io/v1
kind: TokenReview
spec:
  token: %s
  audiences: [reprise]
"""
                .formatted(token),
            List.of(
                "create",
                "--output=jsonpath={.status.authenticated} {.status.user.username}",
                "-f",
                "-"));

    assertThat(review).isEqualTo("true system:serviceaccount:default:default");
  }

  @Test
  void hasRoomForThousandsOfPods() {
    String room =
        cluster
            .kubectl()
            .run("get", "nodes", "--output=jsonpath={.items[*].status.allocatable.pods}");

    assertThat(room.split(" ")).hasSize(Nodes.COUNT).containsOnly("1M");
  }
}
