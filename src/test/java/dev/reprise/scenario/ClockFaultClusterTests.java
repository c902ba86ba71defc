package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reprise.cluster.ClockAnHourOff;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Instant;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The clock of the service's machine is wrong. */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class ClockFaultClusterTests {

  @Test
  void writesTheApiServersTimeAndEndsNothingEarly(
      TestCluster cluster, Namespace namespace, FaultTable table) {
    Workloads workloads = new Workloads(namespace);
    Service.install(cluster);
    workloads.create(deployment("web").replicas(1));
    try (Service service =
        Service.startUnready(ClockAnHourOff.class, cluster.kubeconfig(), namespace.name())) {
      service.caller().awaitReady();

      Answer accepted =
          service
              .caller()
              .post(
                  namespace.name(),
                  "{\"kind\": \"Deployment\", \"name\": \"web\", \"timeout\": \"PT5M\"}");
      Answer ended = service.caller().ended(accepted);

      Tally tally = Tally.of(1, workloads.replicaSetsOf("web").size() - 1);
      table.add(25, "clock of the service an hour ahead", tally);
      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(tally.isExactlyOnce()).isTrue();
      Instant made = madeLast(workloads);
      assertThat(Instant.parse(restartedAt(workloads))).isCloseTo(made, within(10, SECONDS));
      assertThat(Instant.parse(ended.text("startedAt"))).isCloseTo(made, within(10, SECONDS));
      assertThat(Instant.parse(ended.text("finishedAt"))).isCloseTo(made, within(60, SECONDS));
    }
  }

  private static String restartedAt(Workloads workloads) {
    return workloads
        .get("deployment", "web")
        .at("/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt")
        .asString();
  }

  /** When the API server says that the new ReplicaSet was made. */
  private static Instant madeLast(Workloads workloads) {
    return workloads.replicaSetsOf("web").stream()
        .map(set -> set.path("metadata").path("creationTimestamp"))
        .map(JsonNode::asString)
        .map(Instant::parse)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
