package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A workload whose annotations are as many as the API server takes. */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class AnnotationFaultClusterTests {

  /** There is room for the name of a restart, but on a ReplicaSet not for its controller's too. */
  private static final int BYTES = 256 * 1024 - 124;

  @Test
  void changesNothingWhereTheReplicaSetWouldHaveTooMany(
      TestCluster cluster, Namespace namespace, FaultTable table) {
    Workloads workloads = new Workloads(namespace);
    workloads.create(deployment("full"));
    // As a client does that applies on the server's side; this one would not be copied.
    workloads.kubectl(
        "annotate", "deployment", "full", "kubectl.kubernetes.io/last-applied-configuration-");
    annotate(namespace, "big", "x".repeat(BYTES - "big".length()));
    String before = workloads.writtenOf("deployment", "full");
    try (Service service = Service.start(cluster, namespace)) {
      Answer answer = service.caller().restart(namespace.name(), "Deployment", "full");

      table.add(12, "%d bytes of annotations".formatted(BYTES), Tally.NONE);
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
      assertThat(answer.text("code")).isEqualTo("AnnotationsFull");
      assertThat(answer.text("detail"))
          .contains(
              "the annotations of the ReplicaSet of Deployment", "the API server allows 262144");
      assertThat(workloads.writtenOf("deployment", "full")).isEqualTo(before);
      assertThat(workloads.kubectl("get", "restarts", "-o", "name")).isEmpty();
    }
  }

  /** By standard input: an argument of the command line may not be as long. */
  private static void annotate(Namespace namespace, String key, String value) {
    namespace
        .kubectl()
        .run(
            "{\"metadata\": {\"annotations\": {\"%s\": \"%s\"}}}".formatted(key, value),
            List.of("patch", "deployment", "full", "--type=merge", "--patch-file=/dev/stdin"));
  }
}
