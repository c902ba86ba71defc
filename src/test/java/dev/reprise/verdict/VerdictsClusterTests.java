package dev.reprise.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.cluster.RawCluster;
import dev.reprise.testcluster.Component;
import dev.reprise.testcluster.LocalProcesses;
import dev.reprise.workload.WorkloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Our verdict beside kubectl's and the Argo plugin's. They differ where docs/verdicts.md says so,
 * and nowhere else. On a cluster of its own, since its controllers are stopped.
 */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Binaries#possible")
@ResourceLock("a second cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerdictsClusterTests {

  /** Another one: {@code -Dverdicts.seed=<number>}. */
  private static final long SEED = Long.getLong("verdicts.seed", 20261124);

  private static final Path HOME = Path.of("target/cluster/verdicts");

  private LocalProcesses processes;
  private RawCluster cluster;
  private Judges judges;
  private List<Future<RolloutScene>> rollouts;

  @BeforeAll
  void start() {
    processes = LocalProcesses.start(HOME);
    cluster = RawCluster.of(processes.kubeconfig());
    judges =
        new Judges(
            processes.kubectl().in(Scene.NAMESPACE),
            processes.argoRollouts().orElseThrow().in(Scene.NAMESPACE));
    processes.kubectl().run("create", "namespace", Scene.NAMESPACE);
    processes
        .kubectl()
        .run("wait", "--for=create", "serviceaccount/default", "--namespace", Scene.NAMESPACE);
    rollouts = layRollouts();
    for (Component controller :
        List.of(
            Component.ARGO_ROLLOUTS,
            Component.CONTROLLER_MANAGER,
            Component.SCHEDULER,
            Component.KWOK)) {
      processes.stop(controller);
    }
  }

  @AfterAll
  void stop() {
    if (processes != null) {
      processes.close();
    }
  }

  @Test
  void differsFromKubectlOnDeploymentsOnlyWhereListed() throws Exception {
    differsOnlyWhereListed(
        WorkloadKind.Deployment,
        compareScenes(WorkloadKind.Deployment, DeploymentMoments.all(), DeploymentMoments.LIMITS));
  }

  @Test
  void differsFromKubectlOnStatefulSetsOnlyWhereListed() throws Exception {
    differsOnlyWhereListed(
        WorkloadKind.StatefulSet,
        compareScenes(
            WorkloadKind.StatefulSet, StatefulSetMoments.all(), StatefulSetMoments.LIMITS));
  }

  @Test
  void differsFromKubectlOnDaemonSetsOnlyWhereListed() throws Exception {
    differsOnlyWhereListed(
        WorkloadKind.DaemonSet,
        compareScenes(WorkloadKind.DaemonSet, DaemonSetMoments.all(), DaemonSetMoments.LIMITS));
  }

  @Test
  void differsFromTheArgoPluginOnRolloutsOnlyWhereListed() throws Exception {
    differsOnlyWhereListed(
        WorkloadKind.ArgoRollout,
        atOnce(
            rollouts,
            4,
            laid -> {
              RolloutScene scene = laid.get();
              scene.runLater();
              return judges.compare(scene.situation(), scene.restarting());
            }));
  }

  /** All at once, since they mostly wait; what fails here fails in its own test. */
  private List<Future<RolloutScene>> layRollouts() {
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Moment<RolloutScene>> moments =
          Stream.of(RolloutMoments.all(), NewRevisionMoments.all()).flatMap(List::stream).toList();
      return Situation.of(WorkloadKind.ArgoRollout, moments, List.of(""), 1, SEED).stream()
          .map(situation ->
              threads.submit(() -> {
                RolloutScene scene = new RolloutScene(cluster, situation);
                situation.moment().layout().accept(scene);
                return scene;
              }))
          .toList();
    }
  }

  private List<Comparison> compareScenes(
      WorkloadKind kind, List<Moment<Scene>> moments, List<String> limits) throws Exception {
    return atOnce(
        Situation.of(kind, moments, limits, 2, SEED),
        4,
        situation -> {
          Scene scene = new Scene(cluster, situation);
          situation.moment().layout().accept(scene);
          return judges.compare(situation, scene.restarting());
        });
  }

  private interface Work<T> {
    Comparison apply(T item) throws Exception;
  }

  /** Does all of it, even when some of it fails. */
  private static <T> List<Comparison> atOnce(List<T> items, int threads, Work<T> work) {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Comparison>> all =
          items.stream().map(item -> pool.submit(() -> work.apply(item))).toList();
      List<Comparison> compared = new ArrayList<>();
      List<Throwable> failures = new ArrayList<>();
      for (Future<Comparison> one : all) {
        try {
          compared.add(one.get());
        } catch (ExecutionException | InterruptedException e) {
          failures.add(e);
        }
      }
      assertThat(failures).as("situations that could not be compared").isEmpty();
      return compared;
    }
  }

  private static void differsOnlyWhereListed(WorkloadKind kind, List<Comparison> compared)
      throws IOException {
    Set<Difference> differences =
        compared.stream()
            .filter(one -> !one.isAgreement())
            .map(Comparison::difference)
            .collect(Collectors.toSet());
    Path report = report(kind, compared);

    assertThat(compared).as("situations").hasSizeGreaterThanOrEqualTo(30);
    assertThat(differences)
        .as("differences of seed %d; all verdicts are in %s", SEED, report)
        .isEqualTo(Difference.listed(kind));
    assertThat(differences)
        .as("moments that differ and agree, see %s", report)
        .extracting(Difference::moment)
        .doesNotContainAnyElementsOf(
            compared.stream().filter(Comparison::isAgreement).map(Comparison::moment).toList());
  }

  private static Path report(WorkloadKind kind, List<Comparison> compared) throws IOException {
    Path report = Path.of("target/verdicts").resolve(kind.kind() + ".txt");
    long differ = compared.stream().filter(one -> !one.isAgreement()).count();
    String summary =
        "%s, seed %d: %d agree, %d differ".formatted(kind, SEED, compared.size() - differ, differ);
    System.out.println(summary);
    Files.createDirectories(report.getParent());
    Files.write(
        report,
        Stream.concat(Stream.of(summary), compared.stream().map(Comparison::toString)).toList());
    return report;
  }
}
