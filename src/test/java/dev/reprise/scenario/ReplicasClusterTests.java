package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas of the service beside each other, one of them the leader. */
@ClusterTest
class ReplicasClusterTests {

  // Far longer than a test waits for the other one: its end is not how that one comes to lead.
  private static final String LEASE = "--reprise.leader.lease-duration=600s";
  private static final Duration AT_ONCE = Duration.ofMinutes(2);

  private TestCluster cluster;
  private Workloads workloads;
  private String namespace;
  private Service leader;
  private Service follower;

  @BeforeEach
  void start(TestCluster cluster, Namespace own) {
    this.cluster = cluster;
    workloads = new Workloads(own);
    namespace = own.name();
    leader = Service.start(cluster, own, LEASE);
    await().atMost(AT_ONCE).until(() -> !workloads.holder().isEmpty());
    follower = Service.start(cluster, own, LEASE);
  }

  @AfterEach
  void stop() {
    Stream.of(follower, leader).filter(Objects::nonNull).forEach(Service::close);
  }

  @Test
  void anyOfThemAnswersAnyCall() {
    workloads.create(deployment("web"));

    Answer begun = follower.caller().restart(namespace, "Deployment", "web");
    Answer ended = leader.caller().ended(begun);

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(follower.caller().awaitEnd(begun.location()).body()).isEqualTo(ended.body());
    assertThat(follower.caller().get(begun.location() + "/result").status()).isEqualTo(200);
    assertThat(leader.caller().get(begun.location() + "/result").status()).isEqualTo(200);
    assertThat(workloads.replicaSetsOf("web")).hasSize(2);
  }

  @Test
  void whenTheLeaderIsStoppedTheOtherEndsWhatItBeganAtOnce() {
    workloads.createWell(deployment("web").replicas(1).pods("pod", "never-ready"));
    Answer begun = leader.caller().begin(namespace, "Deployment", "web");
    String former = workloads.holder();

    leader.close();
    await().atMost(AT_ONCE).until(workloads::holder, now -> !now.isEmpty() && !now.equals(former));
    workloads.heal("web");

    assertThat(follower.caller().awaitEnd(begun.location()).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("web")).hasSize(2);
  }

  @Test
  void whenTheLeaderIsStoppedWhatWaitedForItStillHasItsTurn() {
    workloads.createWell(deployment("web").replicas(1).pods("pod", "never-ready"));
    Answer underWay = leader.caller().begin(namespace, "Deployment", "web");
    Answer waiting =
        leader
            .caller()
            .post(
                namespace, "{\"kind\": \"Deployment\", \"name\": \"web\", \"whenBusy\": \"Wait\"}");
    String former = workloads.holder();

    leader.close();
    await().atMost(AT_ONCE).until(workloads::holder, now -> !now.isEmpty() && !now.equals(former));
    workloads.awaitPods("web", 2);
    workloads.heal("web");
    follower.caller().awaitEnd(underWay.location());
    workloads.awaitPods("web", 2);
    workloads.heal("web");

    assertThat(follower.caller().awaitEnd(waiting.location()).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("web")).hasSize(3);
  }

  @Test
  void whenTheLeaderIsStoppedTheOtherEvictsTheRestAndNoMoreAtOnce() {
    workloads.createWell(deployment("web").replicas(4).pods("pod", "never-ready"));
    Set<String> oldPods = workloads.podUidsOf("web");
    try (ReadyPods ready = new ReadyPods(cluster, workloads.namespace(), "web", 4)) {
      Answer begun =
          leader
              .caller()
              .triggered(
                  leader
                      .caller()
                      .post(
                          namespace,
                          "{\"kind\": \"Deployment\", \"name\": \"web\", \"strategy\":"
                              + " \"RecreatePods\"}"));
      // The first of the new ones has come, and keeps the others from going as it is not ready.
      await()
          .atMost(AT_ONCE)
          .until(() -> workloads.podUidsOf("web"), now -> !oldPods.containsAll(now));
      String former = workloads.holder();

      leader.close();
      await()
          .atMost(AT_ONCE)
          .until(workloads::holder, now -> !now.isEmpty() && !now.equals(former));
      await()
          .atMost(AT_ONCE)
          .until(() -> {
            workloads.heal("web");
            return follower.caller().get(begun.location()).isFinished();
          });

      assertThat(follower.caller().get(begun.location()).text("phase")).isEqualTo("Succeeded");
      Set<String> newPods = workloads.podUidsOf("web");
      assertThat(newPods).hasSize(4).doesNotContainAnyElementsOf(oldPods);
      assertThat(ready.lowestUntil(newPods)).isEqualTo(3);
      assertThat(workloads.replicaSetsOf("web")).hasSize(1);
    }
  }

  @Test
  void whenTheLeaderIsStoppedTheOtherTakesARestartAllTheWayBack() {
    workloads.createWell(
        deployment("web")
            .replicas(4)
            .pods("pod", "never-ready")
            .with("strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 2}}"));
    Answer begun = leader.caller().begin(namespace, "Deployment", "web");
    leader.caller().awaitRevisions(begun.location(), 2);
    Answer cancelled = leader.caller().cancel(begun.location());
    String former = workloads.holder();

    leader.close();
    await().atMost(AT_ONCE).until(workloads::holder, now -> !now.isEmpty() && !now.equals(former));
    workloads.kubectl(
        "wait", "--for=jsonpath={.status.updatedReplicas}=4", "deployment/web", "--timeout=120s");
    workloads.heal("web");

    assertThat(cancelled.text("reason")).isEqualTo("Cancelling");
    assertThat(follower.caller().awaitEnd(begun.location()).text("phase")).isEqualTo("Cancelled");
    assertThat(workloads.replicaSetsOf("web")).hasSize(2);
  }
}
