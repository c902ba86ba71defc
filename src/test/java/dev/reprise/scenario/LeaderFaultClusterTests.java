package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas in processes of their own, and the leader is killed, stopped, or stands still. */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class LeaderFaultClusterTests {

  private static final String[] AS_INSTALLED = {
    "--reprise.leader.lease-duration=",
    "--reprise.leader.renew-deadline=",
    "--reprise.leader.retry-period="
  };
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BODY = "{\"kind\": \"Deployment\", \"name\": \"web\"}";

  @TempDir private Path folder;
  private TestCluster cluster;
  private FaultTable table;
  private Workloads workloads;
  private String namespace;
  private @Nullable Replica leader;
  private @Nullable Replica follower;

  @BeforeEach
  void createWorkload(TestCluster cluster, Namespace own, FaultTable table) {
    this.cluster = cluster;
    this.table = table;
    workloads = new Workloads(own);
    namespace = own.name();
    Service.install(cluster);
    workloads.create(deployment("web"));
  }

  @AfterEach
  void stop() {
    if (leader != null) {
      leader.kill();
    }
    if (follower != null) {
      follower.kill();
    }
  }

  @Test
  void anotherTakesItsFirstStepWithin15SecondsOfItsCrash() throws IOException {
    startBoth(cluster.kubeconfig(), AS_INSTALLED);
    long killed = System.nanoTime();

    leader.kill();
    Answer begun = follower.caller().begin(namespace, "Deployment", "web");

    Duration taken = Duration.ofNanos(System.nanoTime() - killed);
    follower.caller().awaitEnd(begun.location());
    table.add(
        19,
        "leader killed (SIGKILL); the next one's first step after %d ms"
            .formatted(taken.toMillis()),
        tally(1));
    assertThat(taken).isLessThan(Duration.ofSeconds(15));
    assertThat(tally(1).isExactlyOnce()).isTrue();
  }

  @Test
  void anotherTakesItsFirstStepAtOnceWhenItIsStopped() throws IOException {
    startBoth(cluster.kubeconfig(), AS_INSTALLED);
    long stopped = System.nanoTime();

    leader.terminate();
    Answer begun = follower.caller().begin(namespace, "Deployment", "web");

    // It looks at the Lease every 2 to 3 s; one that was not given up would last for 10 s.
    Duration taken = Duration.ofNanos(System.nanoTime() - stopped);
    follower.caller().awaitEnd(begun.location());
    table.add(
        9,
        "leader stopped (SIGTERM); the next one's first step after %d ms"
            .formatted(taken.toMillis()),
        tally(1));
    assertThat(taken).isLessThan(Duration.ofSeconds(7));
  }

  /** It stands still just where it would write next, and goes on when all is done. */
  @ParameterizedTest
  @EnumSource
  void aLeaderThatStoodStillForLongerThanItsLeaseChangesNothing(Moment moment) throws IOException {
    try (ApiProxy proxy = ApiProxy.before(cluster);
        MadePods pods = new MadePods(cluster, workloads.namespace())) {
      startBoth(proxy.kubeconfig(folder));
      AtomicBoolean frozen = new AtomicBoolean();
      proxy.afterNext(
          moment.matching(),
          () -> {
            leader.freeze();
            frozen.set(true);
          });
      CompletableFuture.runAsync(() -> postIgnoringTheAnswer(leader.caller()));
      await().atMost(PATIENCE).untilTrue(frozen);
      String location =
          "/namespaces/%s/restarts/%s"
              .formatted(namespace, await().until(this::name, n -> !n.isEmpty()));

      Answer ended = follower.caller().awaitEnd(location);
      int asked = proxy.seen().size();
      leader.thaw();
      leader.caller().awaitReady();
      // It has renewed nothing, so what it does next it does as a follower.
      await().atMost(PATIENCE).until(() -> proxy.seen().size() > asked + 3);

      int made = pods.madeUntil("web", workloads.podUidsOf("web"));
      table.add(3, "leader stood still (SIGSTOP) " + moment, tally(1));
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
      assertThat(tally(1)).isEqualTo(new Tally(1, 1, 0, 0));
      assertThat(made).as("pods ever made, 3 before and 3 after").isEqualTo(6);
      assertThat(leader.caller().get(location).body()).isEqualTo(ended.body());
    }
  }

  private void startBoth(Path ofTheLeader, String... more) throws IOException {
    leader = Replica.start(ofTheLeader, namespace, more);
    await().atMost(PATIENCE).until(() -> !workloads.holder().isEmpty());
    follower = Replica.start(cluster.kubeconfig(), namespace, more);
  }

  private void postIgnoringTheAnswer(Caller caller) {
    try {
      caller.post(namespace, BODY);
    } catch (UncheckedIOException _) {
      // it stands still, and may be killed before it answers
    }
  }

  private String name() {
    return workloads.kubectl("get", "restarts", "-o", "jsonpath={.items[*].metadata.name}");
  }

  private Tally tally(int asked) {
    return Tally.of(asked, workloads.replicaSetsOf("web").size() - 1);
  }
}
