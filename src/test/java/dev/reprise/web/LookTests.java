package dev.reprise.web;

import static dev.reprise.web.Answers.assertProblem;
import static dev.reprise.web.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.Caller;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a caller sees of restarts that are there. */
@WebTest
@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
class LookTests {

  private static final String PATH = "/namespaces/demo/restarts";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;
  @Autowired private HandClock clock;

  @BeforeEach
  void runNothing() {
    store.reset();
    workloads.reset();
  }

  @Test
  void showsARestart() {
    put("web-1", RestartStatus.NEW);

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1").exchange();

    assertThat(answer).hasStatusOk();
    assertThat(text(answer, "$.name")).isEqualTo("web-1");
    assertThat(text(answer, "$.request.timeout")).isEqualTo("PT1H");
    assertThat(answer).headers().doesNotContainHeader("Preference-Applied");
  }

  @Test
  void showsTheEndToWhoWaitsForIt() {
    put("web-1", ended(Phase.Failed));

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1").header("Prefer", "wait=20").exchange();

    assertThat(answer).hasStatusOk();
    assertThat(answer).headers().hasValue("Preference-Applied", "wait=20");
    assertThat(text(answer, "$.phase")).isEqualTo("Failed");
  }

  @Test
  void knowsNoSuchRestart() {
    assertProblem(mvc.get().uri(PATH + "/web-1").exchange(), 404, "RestartNotFound");
    assertProblem(mvc.get().uri(PATH + "/web-1/result").exchange(), 404, "RestartNotFound");
  }

  @Test
  void answersTheResultOfWhatSucceeded() {
    put("web-1", ended(Phase.Succeeded));

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1/result").exchange();

    assertThat(answer).hasStatusOk();
    assertThat(text(answer, "$.phase")).isEqualTo("Succeeded");
  }

  @ParameterizedTest
  @CsvSource({
    "Cancelled, 409, RestartCancelled",
    "Superseded, 409, RestartSuperseded",
    "Failed, 424, RestartFailed"
  })
  void answersTheResultOfWhatDidNotSucceedAsAProblem(Phase phase, int status, String code) {
    put("web-1", ended(phase));

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1/result").exchange();

    assertProblem(answer, status, code);
    assertThat(text(answer, "$.detail")).isEqualTo("Why: How it ended");
    assertThat(text(answer, "$.restart.name")).isEqualTo("web-1");
  }

  @Test
  void asksToComeAgainForTheResultOfWhatIsUnderWay() {
    put("web-1", RestartStatus.NEW);

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1/result").exchange();

    assertProblem(answer, 504, "NotFinished");
    assertThat(answer).headers().hasValue("Retry-After", "1");
    assertThat(text(answer, "$.restart.phase")).isEqualTo("Pending");
  }

  @Test
  void saysThatTheClusterDoesNotAnswer() {
    store.failLiveReads(new ClusterUnavailable("Silent", false, null, null));

    assertProblem(mvc.get().uri(PATH + "/web-1").exchange(), 503, "ClusterUnavailable");
  }

  @Test
  void listsTheNewestFirstPageByPageThoughOthersComeAndGo() {
    for (String name : List.of("a", "b", "c", "d")) {
      put(name, RestartStatus.NEW);
      clock.pass(Duration.ofSeconds(1));
    }

    MvcTestResult first = mvc.get().uri(PATH + "?limit=2").exchange();
    put("e", RestartStatus.NEW);
    store.delete(Samples.key("c"));
    MvcTestResult next =
        mvc.get()
            .uri(PATH + "?limit=2")
            .queryParam("continue", text(first, "$.continue"))
            .exchange();

    assertThat(first).bodyJson().extractingPath("$.items[*].name").isEqualTo(List.of("d", "c"));
    assertThat(next).bodyJson().extractingPath("$.items[*].name").isEqualTo(List.of("b", "a"));
    assertThat(next).bodyJson().doesNotHavePath("$.continue");
  }

  @Test
  void listsThoseOfOneSecondOnceEach() {
    List<String> names = List.of("a", "b", "c");
    names.forEach(name -> put(name, RestartStatus.NEW));
    List<String> seen = new ArrayList<>();

    MvcTestResult page = mvc.get().uri(PATH + "?limit=1").exchange();
    seen.add(text(page, "$.items[0].name"));
    while (Answers.body(page).contains("\"continue\"")) {
      page =
          mvc.get()
              .uri(PATH + "?limit=1")
              .queryParam("continue", text(page, "$.continue"))
              .exchange();
      seen.add(text(page, "$.items[0].name"));
    }

    assertThat(seen).containsExactlyElementsOf(names);
  }

  @ParameterizedTest
  @CsvSource({
    "kind=deploy, web-1",
    "kind=rollouts, canary-1",
    "name=web, web-1",
    "phase=failed, canary-1",
    "requestedBy=anna, web-1"
  })
  void filtersTheList(String filter, String name) {
    store.put(Samples.key("web-1"), by("anna"), RestartStatus.NEW);
    store.put(Samples.key("canary-1"), Samples.spec(Samples.CANARY), ended(Phase.Failed));

    assertThat(mvc.get().uri(PATH + "?" + filter).exchange())
        .bodyJson()
        .extractingPath("$.items[*].name")
        .isEqualTo(List.of(name));
  }

  @Test
  void listsNothingOfAnotherNamespace() {
    put("web-1", RestartStatus.NEW);

    assertThat(mvc.get().uri("/namespaces/shop/restarts").exchange())
        .bodyJson()
        .extractingPath("$.items")
        .isEqualTo(List.of());
  }

  @Test
  void answersThatNothingHasChanged() {
    put("web-1", ended(Phase.Failed));
    String etag = mvc.get().uri(PATH + "/web-1").exchange().getResponse().getHeader("ETag");

    MvcTestResult again = mvc.get().uri(PATH + "/web-1").header("If-None-Match", etag).exchange();

    assertThat(etag).startsWith("W/\"");
    assertThat(again).hasStatus(304);
    assertThat(mvc.get().uri(PATH + "/web-1").header("If-None-Match", "W/\"x\"").exchange())
        .hasStatusOk();
  }

  @Test
  void tellsAnotherETagWhenTheRestartHasMoved() {
    put("web-1", RestartStatus.NEW);
    String before = mvc.get().uri(PATH + "/web-1").exchange().getResponse().getHeader("ETag");
    store.updateStatus(store.live(Samples.key("web-1")), ended(Phase.Succeeded));

    MvcTestResult moved = mvc.get().uri(PATH + "/web-1").header("If-None-Match", before).exchange();

    assertThat(moved).hasStatusOk();
    assertThat(moved.getResponse().getHeader("ETag")).isNotEqualTo(before);
  }

  @Test
  void tellsTheSameETagThoughTimeGoesBy() {
    store.put(
        Samples.key("web-1"),
        Samples.spec(Samples.WEB),
        RestartStatus.NEW.begun(Samples.TRIGGER, clock.instant()));
    var first = mvc.get().uri(PATH + "/web-1").exchange();

    clock.pass(Duration.ofMinutes(1));
    var second = mvc.get().uri(PATH + "/web-1").exchange();

    assertThat(text(second, "$.elapsed")).isNotEqualTo(text(first, "$.elapsed"));
    assertThat(second.getResponse().getHeader("ETag"))
        .isEqualTo(first.getResponse().getHeader("ETag"));
  }

  @Test
  void showsAPageToAPerson() {
    store.put(Samples.key("web-1"), by("anna\u001b[31m"), ended(Phase.Failed));

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1").header("Accept", "text/plain").exchange();

    assertThat(answer).hasContentTypeCompatibleWith("text/plain;charset=UTF-8");
    assertThat(Answers.body(answer))
        .isEqualTo(
            """
            Restart    demo/web-1
            Workload   Deployment web
            Asked by   anna [31m at %s
            Phase      Failed, Why
                       How it ended
            """
                .formatted(clock.instant()));
  }

  @Test
  void tellsAPersonTimesInWholeSeconds() {
    Instant begun = HandClock.START.plusNanos(17_157_170);
    put(
        "web-1",
        RestartStatus.NEW
            .begun(Samples.TRIGGER, begun)
            .progressing("Why", "How", new RolloutProgress(3, 3, 3, 3, 0), 3, List.of())
            .withLowestAvailable(2, begun)
            .withRevisions(new RevisionChange(7, 8L))
            .finished(Phase.Succeeded, "Why", "How it ended", begun.plusSeconds(8)));

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1").header("Accept", "text/plain").exchange();

    assertThat(Answers.body(answer))
        .endsWith(
            """
            Pods       3/3 replaced, 0 old ones left
            Available  3 of 3, never fewer than 2 since %s
            Took       8s, until %s
            Revision   7 -> 8
            """
                .formatted(HandClock.START, HandClock.START.plusSeconds(8)));
  }

  @Test
  void listsAllNamespacesAsATable() {
    put("web-1", ended(Phase.Succeeded));
    clock.pass(Duration.ofSeconds(7));

    String all = Answers.body(mvc.get().uri("/restarts").header("Accept", "text/plain").exchange());
    String one = Answers.body(mvc.get().uri(PATH).header("Accept", "text/plain").exchange());

    assertThat(all)
        .isEqualTo(
            """
            NAMESPACE   NAME    KIND         TARGET   PHASE       REPLACED   REASON   AGE
            demo        web-1   Deployment   web      Succeeded              Why      7s
            """);
    assertThat(one).startsWith("NAME    KIND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|false",
        "text/plain|true",
        "text/*|true",
        "application/json, text/plain|false",
        "text/plain, application/json;q=0.5|true",
        "text/html, */*;q=0.1|false"
      })
  void takesForAPersonWhoRanksTextFirst(String accept, boolean isText) {
    put("web-1", ended(Phase.Succeeded));

    MvcTestResult answer = mvc.get().uri(PATH + "/web-1").header("Accept", accept).exchange();

    assertThat(answer).hasStatusOk();
    assertThat(answer.getResponse().getContentType().startsWith("text/plain")).isEqualTo(isText);
  }

  @Test
  void logsNothingThatACallerSends(CapturedOutput output) {
    String forged = "x\nforged line\r\n";
    mvc.get().uri("/namespaces/{ns}/restarts", forged).exchange();
    mvc.get().uri(PATH + "/{name}", forged).exchange();
    mvc.get().uri(PATH).queryParam("limit", forged).exchange();
    mvc.get().uri(PATH).queryParam("continue", forged).exchange();
    mvc.get().uri("/{path}", forged).exchange();
    mvc.post()
        .uri(PATH)
        .header("Idempotency-Key", forged)
        .header("Prefer", forged)
        .contentType("application/json")
        .content("{\"kind\": \"Deployment\", \"name\": \"web\"}")
        .exchange();
    mvc.post().uri(PATH).contentType("application/json").content(forged).exchange();

    assertThat(output).doesNotContain("forged");
  }

  private Restart put(String name, RestartStatus status) {
    return store.put(Samples.key(name), Samples.spec(Samples.WEB), status);
  }

  private static RestartStatus ended(Phase phase) {
    return RestartStatus.NEW.finished(phase, "Why", "How it ended", HandClock.START);
  }

  private static RestartSpec by(String user) {
    return new RestartSpec(
        Samples.WEB,
        Strategy.Auto,
        null,
        false,
        WhenBusy.Reject,
        null,
        RestartSpec.DEFAULT_TIMEOUT,
        new Caller(user, List.of()),
        null,
        null,
        false);
  }
}
