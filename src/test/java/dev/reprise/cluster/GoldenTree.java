package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import dev.reprise.cluster.SurroundingsMapping.Listed;
import dev.reprise.plan.Surroundings;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.FailedCreate;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;

/**
 * Cases as folders of {@code src/test/resources}: {@code <tree>/<kind>/<case>/}, each with the
 * objects as {@code kubectl get -o yaml} shows them and with {@code expected.yaml}: what is given,
 * and below it what is to come of it. {@code -Dgolden.apply} writes what does come of it there, to
 * be read before it is committed.
 *
 * @param objects the name of the file with the objects
 * @param given the field of {@code expected.yaml} with what is given
 */
record GoldenTree(String tree, String objects, String given) {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final String EXPECTED = "expected.yaml";
  private static final boolean APPLY = System.getProperty("golden.apply") != null;

  /** A folder's content. */
  record Case(WorkloadKind kind, List<Node> objects, Node given) {

    /** The workload that the case is about, the first of its kind; empty when it is deleted. */
    Optional<JsonObject> workload() {
      return objects(kind.kind()).findFirst();
    }

    /** The same with what it owns and what it refers to, as far as the case has it. */
    Optional<WorkloadState> state() {
      List<Revision> revisions =
          Stream.concat(
                  objects("ReplicaSet").<Revision>map(OwnedMapping::replicaSet),
                  objects("ControllerRevision").map(OwnedMapping::controllerRevision))
              .toList();
      List<PodSnapshot> pods = objects("Pod").map(OwnedMapping::pod).toList();
      return workload()
          .map(object -> WorkloadMapping.workload(kind, object))
          .map(workload ->
              Ownership.stateOf(workload, revisions, pods)
                  .with(references(workload))
                  .with(objects("PodDisruptionBudget").map(BudgetMapping::budget).toList())
                  .with(failedCreate(workload)));
    }

    private @Nullable FailedCreate failedCreate(WorkloadSnapshot workload) {
      return FailedCreates.newest(
              objects("Event")
                  .map(FailedCreates::told)
                  .filter(event -> event.uid().equals(workload.metadata().uid())))
          .orElse(null);
    }

    /** What is around it, as far as the case has it. */
    Optional<Surroundings> surroundings() {
      return state()
          .map(state ->
              SurroundingsMapping.surroundings(
                  state,
                  new Listed(
                      objects("HorizontalPodAutoscaler").toList(),
                      objects("ResourceQuota").toList(),
                      objects("Canary").toList(),
                      objects("PersistentVolumeClaim").toList())));
    }

    private References references(WorkloadSnapshot workload) {
      return switch (workload) {
        case ArgoRolloutSnapshot rollout when rollout.reference() != null ->
            new References(
                (DeploymentSnapshot) named(WorkloadKind.Deployment).findFirst().orElse(null),
                rollouts().filter(other -> !other.ref().equals(rollout.ref())).toList());
        case DeploymentSnapshot _ -> new References(null, rollouts().toList());
        case ArgoRolloutSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> References.NONE;
      };
    }

    private Stream<ArgoRolloutSnapshot> rollouts() {
      return named(WorkloadKind.ArgoRollout).map(ArgoRolloutSnapshot.class::cast);
    }

    private Stream<WorkloadSnapshot> named(WorkloadKind other) {
      return objects(other.kind()).map(object -> WorkloadMapping.workload(other, object));
    }

    Stream<JsonObject> objects(String ofKind) {
      return objects.stream()
          .filter(object -> object.at("kind").required().equals(ofKind))
          .map(object -> object.json().getAsJsonObject());
    }

    WorkloadRef ref() {
      return workload()
          .map(object -> WorkloadMapping.workload(kind, object).ref())
          .orElse(new WorkloadRef(kind, "gone", "gone"));
    }
  }

  /** A test for each folder, of what {@code outcome} makes of it. */
  Stream<DynamicNode> tests(Function<Case, Map<String, Object>> outcome) {
    return below(RESOURCES.resolve(tree)).stream()
        .map(kind ->
            dynamicContainer(
                kind.getFileName().toString(),
                below(kind).stream()
                    .map(folder ->
                        dynamicTest(
                            folder.getFileName().toString(), () -> check(folder, outcome)))));
  }

  /** The text of each {@code expected.yaml}. */
  List<String> expectations() {
    return below(RESOURCES.resolve(tree)).stream()
        .flatMap(kind -> below(kind).stream())
        .map(folder -> read(folder.resolve(EXPECTED)))
        .toList();
  }

  private void check(Path folder, Function<Case, Map<String, Object>> outcome) throws IOException {
    assertThat(below(folder))
        .as("the files of %s", folder)
        .containsExactlyInAnyOrder(folder.resolve(objects), folder.resolve(EXPECTED));
    Map<String, Object> expected =
        new LinkedHashMap<>(KubectlYaml.document(folder.resolve(EXPECTED)));
    assertThat(expected).as(EXPECTED).containsKey(given);
    Node what = KubectlYaml.node(expected.remove(given));
    WorkloadKind kind =
        WorkloadKind.parse(folder.getParent().getFileName().toString()).orElseThrow();
    String actual =
        KubectlYaml.text(
            outcome.apply(new Case(kind, KubectlYaml.objects(folder.resolve(objects)), what)));
    if (APPLY) {
      apply(folder.resolve(EXPECTED), actual);
    } else {
      assertThat(actual)
          .as("%s; what comes of it is\n\n%s\n", folder, actual)
          .isEqualTo(KubectlYaml.text(expected));
    }
  }

  /** Leaves what is given as it stands, with its comments. */
  private static void apply(Path file, String actual) throws IOException {
    String firstField = actual.substring(0, actual.indexOf(':') + 1);
    List<String> kept =
        Files.readAllLines(file).stream().takeWhile(line -> !line.startsWith(firstField)).toList();
    Files.writeString(file, String.join("\n", kept) + "\n" + actual);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> below(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> sorted = entries.sorted().toList();
      assertThat(sorted).as("what is in %s", folder).isNotEmpty();
      return sorted;
    } catch (IOException e) {
      throw new UncheckedIOException("Not a folder of golden cases: " + folder, e);
    }
  }
}
