package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody else takes the trigger away while a restart is under way. */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class ForeignChangeFaultClusterTests {

  private static final String ANNOTATION = "kubectl.kubernetes.io/restartedAt";

  private FaultTable table;
  private Workloads workloads;
  private String namespace;
  private Service service;

  @BeforeEach
  void start(TestCluster cluster, Namespace own, FaultTable table) {
    this.table = table;
    workloads = new Workloads(own);
    namespace = own.name();
    service = Service.start(cluster, own);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** As Flux does with what a field manager that begins with kubectl wrote. */
  @Test
  void isSupersededWhenTheAnnotationIsRemoved() {
    workloads.createWell(deployment("web").replicas(1).pods("pod", "never-ready"));
    Answer begun = service.caller().begin(namespace, "Deployment", "web");

    workloads.kubectl(
        "patch",
        "deployment",
        "web",
        "--type=merge",
        "--patch={\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"%s\":null}}}}}"
            .formatted(ANNOTATION));

    assertSupersededAndLeftAlone("restartedAt removed", begun, 2, 3);
  }

  @Test
  void isSupersededByAnUndoThatWipesTheAnnotation() {
    workloads.createWell(deployment("web").replicas(1).pods("pod", "never-ready"));
    Answer begun = service.caller().begin(namespace, "Deployment", "web");

    workloads.kubectl("rollout", "undo", "deployment/web");

    assertSupersededAndLeftAlone("kubectl rollout undo to none", begun, 2, 3);
  }

  @Test
  void isSupersededByAnUndoThatBringsTheAnnotationOfAnEarlierRestartBack() {
    workloads.createWell(deployment("web").replicas(1).pods("pod", "never-ready"));
    Answer first = service.caller().begin(namespace, "Deployment", "web");
    workloads.awaitPods("web", 2);
    workloads.heal("web");
    service.caller().awaitEnd(first.location());
    Answer begun = service.caller().begin(namespace, "Deployment", "web");

    workloads.kubectl("rollout", "undo", "deployment/web");

    assertSupersededAndLeftAlone("kubectl rollout undo to an earlier restart", begun, 3, 4);
  }

  private void assertSupersededAndLeftAlone(
      String injected, Answer begun, int revisions, int generation) {
    Answer ended = service.caller().awaitEnd(begun.location());
    // Whatever else were to come of it would be there when another restart has come to its end.
    workloads.create(deployment("after").replicas(1));
    Answer after = service.caller().restartAndWait(namespace, "Deployment", "after");

    table.add(11, injected, Tally.of(revisions - 1, workloads.replicaSetsOf("web").size() - 1));
    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(after.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("web")).hasSize(revisions);
    assertThat(workloads.get("deployment", "web").path("metadata").path("generation").asInt())
        .isEqualTo(generation);
  }
}
