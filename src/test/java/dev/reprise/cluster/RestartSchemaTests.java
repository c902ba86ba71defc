package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.reprise.cluster.RestartSchema.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestartSchemaTests {

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final RestartSchema schema = new RestartSchema(server.api(time.timing()), time.timing());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void findsEachFieldInTheDefinitionOfTheChart() throws Exception {
    server.answer(200, document(definition()));

    schema.look();

    assertThat(schema.verdict()).isEqualTo(new Verdict.Complete());
    assertThat(server.request().getTarget()).isEqualTo("/openapi/v3/apis/reprise.dev/v1");
  }

  @Test
  void namesTheFieldsThatAnOlderDefinitionLacks() throws Exception {
    JsonObject older = definition();
    properties(older, "status").remove("takenBack");
    properties(older, "status", "trigger").remove("formerRevision");
    properties(older, "spec").remove("cancel");
    server.answer(200, document(older));

    schema.look();

    assertThat(schema.verdict())
        .isEqualTo(
            new Verdict.Lacking(
                List.of("spec.cancel", "status.trigger.formerRevision", "status.takenBack")));
    assertThat(schema.verdict())
        .hasToString(
            "The CustomResourceDefinition restarts.reprise.dev lacks spec.cancel,"
                + " status.trigger.formerRevision, status.takenBack: apply"
                + " helm/reprise/files/restarts-crd.yaml of this version");
  }

  @Test
  void looksInsideOfLists() throws Exception {
    JsonObject older = definition();
    properties(older, "status")
        .getAsJsonObject("evicting")
        .getAsJsonObject("items")
        .getAsJsonObject("properties")
        .remove("refusal");
    server.answer(200, document(older));

    schema.look();

    assertThat(schema.verdict()).isEqualTo(new Verdict.Lacking(List.of("status.evicting.refusal")));
  }

  @Test
  void isNotReadWhileThereIsNoDefinition() {
    server.answer(404, "404 page not found");

    schema.look();

    assertThat(schema.verdict()).isInstanceOf(Verdict.NotRead.class);
  }

  @Test
  void leavesItToEachWriteWhereItMayNotLook() {
    server.refuse(403, "Forbidden", "not you");

    schema.look();

    assertThat(schema.verdict()).isInstanceOf(Verdict.NotAllowed.class);
  }

  @Test
  void keepsWhatItKnowsWhileTheApiServerIsAway() throws Exception {
    server.answer(200, document(definition()));
    schema.look();
    for (int attempt = 0; attempt < 20; attempt++) {
      server.refuse(503, "ServiceUnavailable", "Shutting down");
    }

    schema.look();

    assertThat(schema.verdict()).isEqualTo(new Verdict.Complete());
  }

  @Test
  void looksAgainAfterAWhile() throws Exception {
    server.answer(200, document(definition()));
    schema.look();
    server.request();
    time.pass(Duration.ofSeconds(31));
    server.answer(200, document(definition()));

    schema.verdict();

    assertThat(server.request().getTarget()).contains("/openapi/");
  }

  private static JsonObject properties(JsonObject schema, String... path) {
    JsonObject properties = schema.getAsJsonObject("properties");
    for (String field : path) {
      properties = properties.getAsJsonObject(field).getAsJsonObject("properties");
    }
    return properties;
  }

  private static JsonObject definition() throws IOException {
    Node chart = KubectlYaml.objects(Path.of("helm/reprise/files/restarts-crd.yaml")).getFirst();
    return chart
        .at("spec", "versions")
        .items()
        .findFirst()
        .orElseThrow()
        .at("schema", "openAPIV3Schema")
        .json()
        .getAsJsonObject();
  }

  private static String document(JsonObject schema) {
    return "{\"components\": {\"schemas\": {\"dev.reprise.v1.Restart\": %s}}}".formatted(schema);
  }
}
