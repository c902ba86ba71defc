package dev.reprise.web;

import static dev.reprise.web.Answers.assertInvalid;
import static dev.reprise.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What is wrong with a request is told as a problem, and changes nothing. */
@WebTest
class RequestProblemsTests {

  private static final String PATH = "/namespaces/demo/restarts";
  private static final String GOOD = "{\"kind\": \"Deployment\", \"name\": \"web\"}";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;

  @BeforeEach
  void runTheWorkload() {
    store.reset();
    workloads.reset();
    workloads.put(Samples.deployment(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"name": "web"}                                                  | kind
          {"kind": "Deployment"}                                           | name
          {"kind": "", "name": "web"}                                      | kind
          {"kind": "Deployment", "name": " "}                              | name
          {"kind": "Pod", "name": "web"}                                   | kind
          {"kind": "Deployment", "name": "Web!"}                           | name
          {"kind": "Deployment", "name": "../../secrets"}                  | name
          {"kind": "Deployment", "name": "web\\n"}                         | name
          {"kind": "Deployment", "name": "web", "strategy": "Violent"}     | strategy
          {"kind": "Deployment", "name": "web", "strategy": ["Auto"]}      | strategy
          {"kind": "Deployment", "name": "web", "whenBusy": "Explode"}     | whenBusy
          {"kind": "Deployment", "name": "web", "timeout": "soon"}         | timeout
          {"kind": "Deployment", "name": "web", "timeout": "PT0S"}         | timeout
          {"kind": "Deployment", "name": "web", "timeout": "-PT1H"}        | timeout
          {"kind": "Deployment", "name": "web", "timeout": "P8D"}          | timeout
          {"kind": "Deployment", "name": "web", "timeout": "P99999999999999999D"} | timeout
          {"kind": "Deployment", "name": "web", "acceptDowntime": "yes"}   | acceptDowntime
          {"kind": "Deployment", "name": "web", "acceptDowntime": {}}      | acceptDowntime
          {"kind": "Deployment", "name": "web", "acceptDowntime": 1}       | acceptDowntime
          {"kind": "Deployment", "name": "web", "acceptDowntime": "true"}  | acceptDowntime
          {"kind": "Deployment", "name": {"of": "web"}}                    | name
          {"kind": "Deployment", "name": "web", "replicas": 3}             | replicas
          {"kind": "Deployment", "name":                                   | body
          {"kind": "Deployment", "name": "web"} and more                   | body
          not json                                                         | body
          ["Deployment"]                                                   | body
          "Deployment"                                                     | body
          ""                                                               | body
          null                                                             | body
          """)
  void namesTheFieldThatIsWrong(String body, String field) {
    assertInvalid(post(body), field);
    assertThat(store.all()).isEmpty();
  }

  @Test
  void needsABody() {
    assertInvalid(post(""), "body");
  }

  @Test
  void takesAReasonOfAThousandCharactersAndNoMore() {
    String form = "{\"kind\": \"Deployment\", \"name\": \"web\", \"reason\": \"%s\"}";

    assertInvalid(post(form.formatted("x".repeat(1025))), "reason");
    assertThat(post(form.formatted("x".repeat(1024)))).hasStatus(202);
  }

  @Test
  void saysWhatAFieldMustBe() {
    assertThat(post("{\"kind\": \"Deployment\", \"name\": \"web\", \"acceptDowntime\": \"yes\"}"))
        .bodyJson()
        .extractingPath("$.detail")
        .asString()
        .contains("acceptDowntime", "true", "false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Demo", "de_mo", "demo.x", "-demo", "a b"})
  void refusesWhatIsNoNamespace(String namespace) {
    assertInvalid(
        mvc.post()
            .uri("/namespaces/{namespace}/restarts", namespace)
            .contentType(MediaType.APPLICATION_JSON)
            .content(GOOD)
            .exchange(),
        "namespace");
    assertInvalid(mvc.get().uri("/namespaces/{ns}/restarts", namespace).exchange(), "namespace");
    assertInvalid(
        mvc.get().uri("/namespaces/{ns}/restarts/web-1", namespace).exchange(), "namespace");
    assertInvalid(
        mvc.get().uri("/namespaces/{ns}/restarts/web-1/result", namespace).exchange(), "namespace");
  }

  @Test
  void refusesANamespaceOf64Characters() {
    assertInvalid(
        mvc.get().uri("/namespaces/{ns}/restarts", "a".repeat(64)).exchange(), "namespace");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Web", "web_1", "-web"})
  void refusesWhatIsNoNameOfARestart(String name) {
    assertInvalid(mvc.get().uri(PATH + "/{name}", name).exchange(), "name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"\"", "two\nlines", "ring\u0007", "tab\tbed", "\u007f", "schlüssel", " "})
  void refusesAnIdempotencyKeyThatIsNotPrintable(String key) {
    assertInvalid(postWith("Idempotency-Key", key), "Idempotency-Key");
    assertThat(store.all()).isEmpty();
  }

  @Test
  void takesAnIdempotencyKeyOf255CharactersAndNoMore() {
    assertInvalid(postWith("Idempotency-Key", "k".repeat(256)), "Idempotency-Key");
    assertThat(postWith("Idempotency-Key", "k".repeat(255))).hasStatus(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wait", "wait=", "wait=soon", "wait=-1", "respond-async", "x\ny"})
  void ignoresAPreferenceThatItDoesNotKnow(String prefer) {
    MvcTestResult answer = postWith("Prefer", prefer);

    assertThat(answer).hasStatus(202);
    assertThat(answer).headers().doesNotContainHeader("Preference-Applied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "501", "-1", "many", "1.5", "99999999999", ""})
  void refusesABadLimit(String limit) {
    MvcTestResult answer = mvc.get().uri(PATH).queryParam("limit", limit).exchange();

    if (limit.isEmpty()) {
      assertThat(answer).hasStatusOk();
    } else {
      assertInvalid(answer, "limit");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "bm9uc2Vuc2U", "MjAyNi0xMS0yNA", " ", "%00"})
  void refusesAContinueThatItDidNotGive(String token) {
    assertInvalid(mvc.get().uri(PATH).queryParam("continue", token).exchange(), "continue");
  }

  @ParameterizedTest
  @CsvSource({"phase, Sleeping", "kind, Pod"})
  void refusesABadFilter(String parameter, String value) {
    assertInvalid(mvc.get().uri(PATH).queryParam(parameter, value).exchange(), parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing/here", "/restarts/x", "/namespaces/demo", "/namespaces/demo/restarts/"})
  void knowsNoSuchPath(String path) {
    assertProblem(mvc.get().uri(path).exchange(), 404, "NotFound");
  }

  @Test
  void saysWhichMethodsAPathHas() {
    MvcTestResult answer = mvc.delete().uri(PATH).exchange();

    assertProblem(answer, 405, "MethodNotAllowed");
    assertThat(answer).headers().containsHeader("Allow");
  }

  @Test
  void readsNoYaml() {
    assertProblem(
        mvc.post()
            .uri(PATH)
            .contentType(MediaType.APPLICATION_YAML)
            .content("{kind: Deployment, name: web}")
            .exchange(),
        415,
        "UnsupportedMediaType");
  }

  @Test
  void saysThatItSpeaksNoOtherType() {
    assertProblem(mvc.get().uri(PATH).accept(MediaType.IMAGE_PNG).exchange(), 406, "NotAcceptable");
  }

  @Test
  void saysWhichTypesItReads() {
    MvcTestResult answer =
        mvc.post().uri(PATH).contentType(MediaType.TEXT_PLAIN).content("web").exchange();

    assertProblem(answer, 415, "UnsupportedMediaType");
    assertThat(answer).headers().hasValue("Accept", "application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "text/html",
        "text/plain",
        "*/*",
        "application/problem+json",
        "application/yaml"
      })
  void answersAProblemAsOneWhateverIsAccepted(String accepted) {
    assertProblem(
        mvc.get().uri(PATH + "/nothing-abc").header("Accept", accepted).exchange(),
        404,
        "RestartNotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", "*/*"})
  void answersWhatNeverReachedUsAsAProblem(String accepted) {
    assertProblem(
        mvc.get()
            .uri("/error")
            .requestAttr("jakarta.servlet.error.status_code", 400)
            .header("Accept", accepted)
            .exchange(),
        400,
        "BadRequest");
  }

  @Test
  void hasNothingToShowOfErrorsToWhoAsksForThem() {
    assertProblem(mvc.get().uri("/error").exchange(), 404, "NotFound");
  }

  private MvcTestResult post(String body) {
    return mvc.post().uri(PATH).contentType(MediaType.APPLICATION_JSON).content(body).exchange();
  }

  private MvcTestResult postWith(String header, String value) {
    return mvc.post()
        .uri(PATH)
        .contentType(MediaType.APPLICATION_JSON)
        .header(header, value)
        .content(GOOD)
        .exchange();
  }
}
