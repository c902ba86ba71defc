package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import dev.reprise.testcluster.Toxiproxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A toxiproxy stands between the service and the API server. */
@ClusterTest
@EnabledIf("dev.reprise.testcluster.Provider#isLocal")
@ExtendWith(FaultTable.Extension.class)
class NetworkFaultClusterTests {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private TestCluster cluster;
  private FaultTable table;
  private Workloads workloads;
  private String namespace;

  @BeforeEach
  void createWorkload(TestCluster cluster, Namespace own, FaultTable table) {
    this.cluster = cluster;
    this.table = table;
    workloads = new Workloads(own);
    namespace = own.name();
    Service.install(cluster);
    workloads.create(deployment("web"));
  }

  @Test
  void restartsOnceThoughTheConnectionIsResetWhenThePatchHasLanded() {
    try (ApiProxy proxy = ApiProxy.before(cluster);
        Toxiproxy network = Toxiproxy.before(proxy.address());
        Service service =
            Service.startUnready(
                network.kubeconfig(proxy.kubeconfig(folder), proxy.address()), namespace)) {
      service.caller().awaitReady();
      proxy.afterNext(Moment.AfterThePatch.matching(), network::reset);

      Answer accepted = service.caller().restart(namespace, "Deployment", "web");
      network.heal();
      Answer ended = service.caller().awaitEnd(accepted.location());

      Tally tally = Tally.of(1, workloads.replicaSetsOf("web").size() - 1);
      table.add(1, "answer to the patch lost (reset_peer)", tally);
      assertThat(accepted.status()).isEqualTo(202);
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
      assertThat(tally).isEqualTo(new Tally(1, 1, 0, 0));
      assertThat(proxy.seen()).filteredOn(Moment.AfterThePatch.matching()).hasSize(1);
    }
  }

  /** Nothing is refused and nothing ends: only silence tells. */
  @Test
  void tellsThatItsWatchesAreSilentAndRecovers() throws IOException {
    Path own = Files.copy(cluster.kubeconfig(), folder.resolve("kubeconfig"));
    try (Toxiproxy network = Toxiproxy.before(cluster.apiServer());
        Service service =
            Service.startUnready(
                network.kubeconfig(own, cluster.apiServer()),
                namespace,
                "--reprise.kubernetes.watch-silence=5s",
                "--reprise.kubernetes.ping=2s",
                "--reprise.kubernetes.request-timeout=3s")) {
      Caller caller = service.caller();
      caller.awaitReady();
      network.silence();
      long silent = System.nanoTime();

      await().atMost(PATIENCE).until(() -> caller.get("/readyz").status() == 503);
      Duration taken = Duration.ofNanos(System.nanoTime() - silent);
      assertThat(caller.get("/livez").status()).isEqualTo(200);
      network.heal();
      caller.awaitReady();
      Answer ended = caller.restartAndWait(namespace, "Deployment", "web");

      table.add(
          5,
          "watches black-holed (timeout), told after %d ms".formatted(taken.toMillis()),
          Tally.of(1, workloads.replicaSetsOf("web").size() - 1));
      // Twice the time that a watch may be silent, and the time for a look at it.
      assertThat(taken).isLessThan(Duration.ofSeconds(12));
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
    }
  }
}
