package dev.reprise.bench;

import dev.reprise.scenario.Service;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * All measurements, one after the other on one cluster. The one that fills the cluster comes last.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class RepriseBench {

  private Results results;

  @BeforeAll
  void install(TestCluster cluster) {
    Service.install(cluster);
    results = new Results(Machine.describe(cluster));
  }

  @Test
  @Order(1)
  void latencyOfPost(TestCluster cluster, Namespace own) throws Exception {
    new PostLatency(cluster, own, results).measure();
  }

  @Test
  @Order(2)
  void requestsPerRestart(TestCluster cluster, Namespace own) throws Exception {
    new RequestsPerRestart(cluster, own, results).measure();
  }

  @Test
  @Order(3)
  void delayOfEvents(TestCluster cluster, Namespace own) throws Exception {
    new EventDelay(cluster, own, results).measure();
  }

  @Test
  @Order(4)
  void openStreams(TestCluster cluster, Namespace own) throws Exception {
    new OpenStreams(cluster, own, results).measure();
  }

  @Test
  @Order(5)
  @Timeout(2700)
  void largeGroup(TestCluster cluster, Namespace own, @TempDir Path folder) throws Exception {
    new LargeGroup(cluster, own, folder, results).measure();
  }

  @Test
  @Order(6)
  void largeNamespace(TestCluster cluster, Namespace own) throws Exception {
    new LargeNamespace(cluster, own, results).measure();
  }
}
