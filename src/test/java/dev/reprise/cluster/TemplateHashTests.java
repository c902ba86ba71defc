package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.reprise.workload.Revision;
import dev.reprise.workload.WorkloadKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateHashTests {

  private static final String TEMPLATE =
      """
      {"metadata": {"labels": {"app": "web"}},
       "spec": {"containers": [{"name": "a", "image": "a:1"}, {"name": "b", "image": "b:1"}]}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"deployment", "statefulset", "daemonset"})
  void isTheSameForAWorkloadAndTheRevisionMadeFromIt(String kind) throws IOException {
    List<JsonObject> objects = completedRestart(kind);

    assertThat(revisionHashes(objects)).containsOnlyOnce(workloadHash(kind, objects));
  }

  /** The API server fills in a ReplicaSet's template, but not that of a custom resource. */
  @Test
  void differsForARolloutAndItsReplicaSet() throws IOException {
    List<JsonObject> objects = completedRestart("rollout");

    assertThat(revisionHashes(objects)).isNotEmpty();
    assertThat(revisionHashes(objects)).doesNotContain(workloadHash("rollout", objects));
  }

  private static List<JsonObject> completedRestart(String kind) throws IOException {
    Path file = Path.of("src/test/resources/rollout", kind, "complete", "objects.yaml");
    return KubectlYaml.objects(file).stream()
        .map(object -> object.json().getAsJsonObject())
        .toList();
  }

  private static String workloadHash(String kind, List<JsonObject> objects) {
    return WorkloadMapping.workload(WorkloadKind.parse(kind).orElseThrow(), objects.getFirst())
        .template()
        .hash();
  }

  private static List<String> revisionHashes(List<JsonObject> objects) {
    return objects.stream()
        .flatMap(object ->
            switch (object.get("kind").getAsString()) {
              case "ReplicaSet" -> Stream.of(OwnedMapping.replicaSet(object));
              case "ControllerRevision" -> Stream.of(OwnedMapping.controllerRevision(object));
              default -> Stream.<Revision>of();
            })
        .map(revision -> revision.template().hash())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pod-template-hash", "rollouts-pod-template-hash"})
  void ignoresTheLabelsThatControllersAdd(String label) {
    assertThat(
            hash(
                TEMPLATE.replace("\"app\": \"web\"", "\"app\": \"web\", \"" + label + "\": \"x\"")))
        .isEqualTo(hash(TEMPLATE));
  }

  @Test
  void ignoresThatARevisionIsAPatch() {
    assertThat(hash(TEMPLATE.replaceFirst("\\{", "{\"\\$patch\": \"replace\", ")))
        .isEqualTo(hash(TEMPLATE));
  }

  @Test
  void ignoresTheOrderOfFieldsAndNulls() {
    assertThat(hash("{\"a\": 1, \"b\": {\"c\": true, \"d\": \"x\"}}"))
        .isEqualTo(hash("{\"b\": {\"d\": \"x\", \"e\": null, \"c\": true}, \"a\": 1}"));
  }

  /** A custom resource keeps them when the only annotation is taken back. */
  @Test
  void ignoresAnnotationsWithoutOne() {
    assertThat(hash(TEMPLATE.replace("{\"labels\"", "{\"annotations\": {}, \"labels\"")))
        .isEqualTo(hash(TEMPLATE));
  }

  @Test
  void heedsTheOrderOfAList() {
    assertThat(hash("{\"a\": [1, 2]}")).isNotEqualTo(hash("{\"a\": [2, 1]}"));
  }

  @Test
  void heedsOtherLabelsAndAnnotations() {
    assertThat(hash(TEMPLATE.replace("\"web\"", "\"other\""))).isNotEqualTo(hash(TEMPLATE));
    assertThat(
            hash(TEMPLATE.replace("{\"labels\"", "{\"annotations\": {\"a\": \"b\"}, \"labels\"")))
        .isNotEqualTo(hash(TEMPLATE));
  }

  @Test
  void tellsTypesAndShapesApart() {
    assertThat(
            List.of(
                hash("{\"a\": 1}"),
                hash("{\"a\": \"1\"}"),
                hash("{\"a\": [1]}"),
                hash("{\"a\": {\"1\": 1}}"),
                hash("{\"a\": \"1,b:2\"}"),
                hash("{\"a\": 1, \"b\": 2}"),
                hash("{\"a\": {}}"),
                hash("{\"a\": []}"),
                hash("{}")))
        .doesNotHaveDuplicates();
  }

  private static String hash(String json) {
    return TemplateHash.of(new Node(JsonParser.parseString(json)));
  }
}
