package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.reprise.plan.Finding;
import dev.reprise.restart.Caller;
import dev.reprise.restart.HandClock;
import dev.reprise.rollout.Blocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document: that it is the one kept in {@code docs/}, and that it tells the truth. */
@WebTest
@Import(OpenApiConfiguration.class)
@ImportAutoConfiguration({
  SpringDocConfigProperties.class,
  SpringDocConfiguration.class,
  SpringDocWebMvcConfiguration.class
})
class OpenApiDocumentTests {

  private static final Path KEPT = Path.of("docs/openapi.yaml");
  private static final boolean WRITE = System.getProperty("openapi.write") != null;

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .build());

  @Autowired private MockMvcTester mvc;
  @Autowired private JsonMapper json;

  private JsonNode document;

  @BeforeEach
  void askForIt() throws IOException {
    document = YAML.readTree(Answers.body(mvc.get().uri("/v3/api-docs").exchange()));
  }

  @Test
  void isTheOneThatIsKept() throws IOException {
    String served = YAML.writeValueAsString(document);
    if (WRITE) {
      Files.writeString(KEPT, served);
    }

    assertThat(KEPT)
        .as("Run ./mvnw test -Dtest=OpenApiDocumentTests -Dopenapi.write to write it anew")
        .hasContent(served);
  }

  @Test
  void leadsFromTheAnswersOfThePostsToTheRestart() {
    for (String answer : List.of("Ended", "Cancelling", "EndedCancelled")) {
      assertLeadsTo(answer, "getRestart", "getRestartResult");
    }
    assertLeadsTo("Begun", "getRestart", "getRestartResult", "cancelRestart");
    assertThat(document.findValuesAsText("operationId"))
        .contains(
            "startRestart", "getRestart", "getRestartResult", "listRestarts", "cancelRestart");
  }

  private void assertLeadsTo(String answer, String... operations) {
    JsonNode response = document.at("/components/responses/" + answer);
    List<JsonNode> links =
        response.path("links").properties().stream()
            .map(link -> resolved(link.getValue()))
            .toList();

    assertThat(links)
        .extracting(link -> link.path("operationId").asText())
        .containsExactlyInAnyOrder(operations);
    assertThat(links)
        .allSatisfy(link ->
            assertThat(fieldsOf(link.path("parameters")))
                .containsExactlyInAnyOrderElementsOf(
                    pathParametersOf(link.path("operationId").asText())));
    assertThat(links.stream().flatMap(link -> link.path("parameters").properties().stream()))
        .allSatisfy(parameter -> assertIsKnown(parameter.getValue().asText(), response));
  }

  /**
   * From the path of the call that was answered, or from what every example of its answer has but a
   * dry run.
   */
  private void assertIsKnown(String expression, JsonNode response) {
    if (expression.startsWith("$request.path.")) {
      assertThat(pathParametersOf("startRestart"))
          .contains(expression.substring("$request.path.".length()));
    } else {
      assertThat(expression).startsWith("$response.body#/");
      JsonPointer pointer = JsonPointer.compile(expression.substring("$response.body#".length()));
      assertThat(
              response.at("/content/application~1json/examples").properties().stream()
                  .filter(example -> !example.getKey().startsWith("DryRun")))
          .isNotEmpty()
          .allSatisfy(example ->
              assertThat(resolved(example.getValue()).path("value").at(pointer).isTextual())
                  .isTrue());
    }
  }

  private List<String> pathParametersOf(String operationId) {
    return document.path("paths").properties().stream()
        .filter(path ->
            path.getValue().properties().stream()
                .anyMatch(call -> call.getValue().path("operationId").asText().equals(operationId)))
        .flatMap(path -> Pattern.compile("\\{(\\w+)}").matcher(path.getKey()).results())
        .map(name -> name.group(1))
        .toList();
  }

  @Test
  void leadsOnFromTheAcceptedRestart() {
    JsonNode answers = document.at("/paths/~1namespaces~1{namespace}~1restarts/post/responses");

    assertThat(answers.at("/202/$ref").asText()).isEqualTo("#/components/responses/Begun");
  }

  @Test
  void refersToNothingThatIsMissing() {
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).isFalse());
  }

  @TestFactory
  Stream<DynamicTest> showsRequestsThatAreAccepted() {
    return document
        .at("/paths/~1namespaces~1{namespace}~1restarts/post/requestBody/content")
        .path("application/json")
        .path("examples")
        .properties()
        .stream()
        .map(example ->
            dynamicTest(
                example.getKey(),
                () -> {
                  String body = resolved(example.getValue()).path("value").toString();

                  check(json.readValue(body, RestartBody.class));
                }));
  }

  /** In each form in which it may be asked for. */
  @TestFactory
  Stream<DynamicTest> showsAnExampleOfEachAnswerThatIsNoProblem() {
    return document.path("paths").properties().stream()
        .flatMap(path -> path.getValue().properties().stream())
        .flatMap(call ->
            call.getValue().path("responses").properties().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .flatMap(
                    answer -> resolved(answer.getValue()).path("content").properties().stream())
                .map(content ->
                    dynamicTest(
                        call.getValue().path("operationId").asText() + " " + content.getKey(),
                        () -> assertThat(content.getValue().path("examples")).isNotEmpty())));
  }

  @TestFactory
  Stream<DynamicTest> showsAnswersAsTheyAreMade() {
    return document.at("/components/responses").properties().stream()
        .flatMap(answer -> answer.getValue().path("content").properties().stream())
        .filter(content -> content.getKey().endsWith("json"))
        .flatMap(content -> content.getValue().path("examples").properties().stream())
        .distinct()
        .map(example ->
            dynamicTest(
                example.getKey(),
                () -> assertIsAsMade(resolved(example.getValue()).path("value"))));
  }

  @Test
  void describesTheCoresClassesAsTheyAre() {
    assertThat(document.at("/components/schemas/Finding/properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(componentsOf(Finding.class));
    assertThat(document.at("/components/schemas/Blocker/properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(componentsOf(Blocker.class));
    assertThat(document.at("/components/schemas/Finding/properties/severity/enum"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            Arrays.stream(Finding.Severity.values()).map(Enum::name).toList());
  }

  private void assertIsAsMade(JsonNode value) throws IOException {
    if (value.has("code")) {
      assertIsAProblem(value);
    } else if (value.has("items")) {
      for (JsonNode item : value.path("items")) {
        assertIsAsMade(item);
      }
    } else {
      assertIsAsMade(value, typeOf(value));
    }
  }

  private static Class<?> typeOf(JsonNode value) {
    if (value.has("members") && value.has("verdict")) {
      return GroupDryRunResource.class;
    }
    if (value.has("requests")) {
      return DryRunResource.class;
    }
    if (value.has("plans") || value.has("updateStrategy")) {
      return WorkloadResource.class;
    }
    if (value.has("counts")) {
      return GroupResource.class;
    }
    return RestartResource.class;
  }

  private void assertIsAsMade(JsonNode value, Class<?> type) throws IOException {
    Object read = json.readValue(value.toString(), type);

    assertThat(YAML.readTree(json.writeValueAsString(read))).isEqualTo(value);
  }

  private static void check(RestartBody body) {
    CheckedBody checked = new CheckedBody(body, HandClock.START);
    if (body.isForGroup()) {
      checked.group(Caller.ANONYMOUS, "demo", null);
    } else {
      checked.one(Caller.ANONYMOUS, "demo", null);
    }
  }

  private void assertIsAProblem(JsonNode value) throws IOException {
    String code = value.path("code").asText();
    HttpStatus status = HttpStatus.valueOf(value.path("status").asInt());
    ProblemDetail made = Problems.of(status, code, value.path("detail").asText());

    assertThat(value.path("title").asText()).isEqualTo(made.getTitle());
    assertThat(value.path("type").asText()).isEqualTo(String.valueOf(made.getType()));
    assertThat(document.at("/components/schemas/Problem/properties").fieldNames())
        .toIterable()
        .containsAll(List.copyOf(fieldsOf(value)));
    assertThat(Path.of("docs/problems.md")).content().contains("`" + code + "` · ");
    for (JsonNode alternative : value.path("alternatives")) {
      assertIsAsMade(alternative, AlternativeResource.class);
      check(json.readValue(alternative.path("request").toString(), RestartBody.class));
    }
    if (value.path("restart").isObject()) {
      assertIsAsMade(value.path("restart"));
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private static List<String> fieldsOf(JsonNode value) {
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> componentsOf(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(component -> component.getName()).toList();
  }
}
