package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.ApiProxy.Request;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who look at a restart cost the API server. */
@ClusterTest
class ManyCallersClusterTests {

  private static final int OF_EACH = 50;

  @Test
  void asksTheApiServerNothingForThoseWhoWait(
      TestCluster cluster, Namespace namespace, @TempDir Path folder) {
    Workloads workloads = new Workloads(namespace);
    Service.install(cluster);
    workloads.createWell(deployment("slow").replicas(1).pods("pod", "never-ready"));
    try (ApiProxy proxy = ApiProxy.before(cluster);
        Service service = Service.startUnready(proxy.kubeconfig(folder), namespace.name())) {
      Caller caller = service.caller();
      caller.awaitReady();
      String location = caller.begin(namespace.name(), "Deployment", "slow").location();
      workloads.awaitPods("slow", 2);
      int before = proxy.seen().size();

      List<CompletableFuture<String>> waiting =
          Stream.concat(
                  Caller.atOnce(OF_EACH, () -> caller.awaitEnd(location).text("phase")),
                  Caller.atOnce(
                      OF_EACH,
                      () -> caller.lines(location + "/events", "text/plain").toList().getLast()))
              .toList();
      await().atMost(Duration.ofMinutes(1)).until(() -> caller.openCalls() == 2 * OF_EACH);
      workloads.heal("slow");

      assertThat(waiting)
          .allSatisfy(one ->
              assertThat(one.get(2, TimeUnit.MINUTES))
                  .containsAnyOf("Succeeded", "successfully restarted"));
      List<Request> since =
          proxy.seen().stream()
              .skip(before)
              .filter(request -> !request.path().contains("/leases/"))
              .toList();
      // Only the leader's own look before the end, and what it records.
      assertThat(reads(since)).as("for %d callers", 2 * OF_EACH).hasSizeLessThan(10);
      assertThat(since).hasSizeLessThan(OF_EACH / 2);
    }
  }

  private static List<Request> reads(List<Request> requests) {
    return requests.stream().filter(request -> request.method().equals("GET")).toList();
  }
}
