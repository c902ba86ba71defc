package dev.reprise.web;

import static dev.reprise.web.Answers.assertProblem;
import static dev.reprise.web.Answers.body;
import static dev.reprise.web.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** What a caller is told who asks for a restart. */
@WebTest
class StartTests {

  private static final String PATH = "/namespaces/demo/restarts";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;
  @Autowired private JsonMapper json;

  @BeforeEach
  void runTheWorkload() {
    store.reset();
    workloads.reset();
    workloads.put(Samples.deployment(3));
  }

  @Test
  void saysWhereTheRestartIsAndWhenToLook() {
    MvcTestResult answer = start();

    String name = text(answer, "$.name");
    assertThat(answer).hasStatus(202);
    assertThat(answer).hasContentType(MediaType.APPLICATION_JSON);
    assertThat(answer).headers().hasValue("Location", PATH + "/" + name);
    assertThat(answer).headers().hasValue("Retry-After", "2");
    assertThat(answer).bodyJson().extractingPath("$.phase").isEqualTo("Pending");
    assertThat(answer).bodyJson().extractingPath("$.links.self").isEqualTo(PATH + "/" + name);
    assertThat(store.live(Samples.key(name)).target()).isEqualTo(Samples.WEB);
  }

  @ParameterizedTest
  @CsvSource({"deploy", "deployments", "DEPLOYMENT"})
  void knowsAKindByItsOtherNames(String kind) {
    assertThat(start(kind, null, "")).hasStatus(202);
  }

  @Test
  void saysHowLongItWaited() {
    MvcTestResult answer = start("Deployment", "Prefer", "wait=10");

    assertThat(answer).hasStatus(202);
    assertThat(answer).headers().hasValue("Preference-Applied", "wait=10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wait=999999              | 50
          WAIT=7                   | 7
          respond-async, wait=7    | 7
          wait = "7"               | 7
          wait=0                   | 0
          """)
  void takesTheWaitFromAmongOtherPreferences(String prefer, String applied) {
    assertThat(start("Deployment", "Prefer", prefer))
        .headers()
        .hasValue("Preference-Applied", "wait=" + applied);
  }

  @Test
  void answersWithTheEndWhenItHasComeInTime() {
    store.afterNextCreate(() -> finish(Phase.Succeeded, "AllPodsReplaced", "All replaced"));

    MvcTestResult answer = start("Deployment", "Prefer", "wait=10");

    assertThat(answer).hasStatusOk();
    assertThat(answer).bodyJson().extractingPath("$.phase").isEqualTo("Succeeded");
    assertThat(answer).headers().doesNotContainHeader("Retry-After");
  }

  @Test
  void givesTheSameRestartForTheSameKey() {
    MvcTestResult first = start("Deployment", "Idempotency-Key", "\"k-1\"");
    MvcTestResult again = start("Deployment", "Idempotency-Key", "k-1");

    assertThat(again).hasStatus(202);
    assertThat(text(again, "$.name")).isEqualTo(text(first, "$.name"));
  }

  @Test
  void refusesTheSameKeyForAnotherRequest() {
    workloads.put(Samples.rollout(3));
    MvcTestResult first = start("Deployment", "Idempotency-Key", "k-1");

    MvcTestResult other =
        post("{\"kind\": \"Rollout\", \"name\": \"canary\"}", "Idempotency-Key", "k-1");

    assertProblem(other, 422, "IdempotencyKeyReused");
    assertThat(text(other, "$.restart")).isEqualTo(text(first, "$.name"));
  }

  @Test
  void namesTheRestartThatIsUnderWay() {
    MvcTestResult first = start();

    MvcTestResult second = start();

    assertProblem(second, 409, "Busy");
    assertThat(text(second, "$.busyWith")).isEqualTo(text(first, "$.name"));
    assertThat(text(second, "$.detail"))
        .contains(text(first, "$.name"), "\"whenBusy\": \"Wait\"", "Join", "Supersede");
  }

  @ParameterizedTest
  @CsvSource({"Wait", "join", "SUPERSEDE"})
  void takesWhatToDoWhenItIsBusy(String whenBusy) {
    MvcTestResult first = start();

    MvcTestResult second =
        post(
            "{\"kind\": \"Deployment\", \"name\": \"web\", \"whenBusy\": \"%s\"}"
                .formatted(whenBusy),
            null,
            "");

    assertThat(second).hasStatus(202);
    assertThat(text(second, "$.name")).isNotEqualTo(text(first, "$.name"));
    assertThat(text(second, "$.request.whenBusy")).isEqualToIgnoringCase(whenBusy);
  }

  @Test
  void answersWithTheRestartThatItJoins() {
    String body = "{\"kind\": \"Deployment\", \"name\": \"web\", \"whenBusy\": \"Join\"}";
    MvcTestResult first = post(body, null, "");

    MvcTestResult second = post(body, null, "");

    assertThat(second).hasStatus(202);
    assertThat(second).headers().hasValue("Location", PATH + "/" + text(first, "$.name"));
  }

  @Test
  void saysHowToResumeWhatIsPaused() {
    workloads.put(Samples.paused(Samples.deployment(3)));

    MvcTestResult answer = start();

    assertProblem(answer, 422, "Paused");
    assertThat(text(answer, "$.detail")).contains("kubectl rollout resume deployment/web -n demo");
    assertThat(answer).bodyJson().extractingPath("$.findings[0].severity").isEqualTo("Refusal");
  }

  @Test
  void saysHowToAcceptACertainDowntime() {
    workloads.put(Samples.rollout(1));

    MvcTestResult answer = post("{\"kind\": \"Rollout\", \"name\": \"canary\"}", null, "");

    assertProblem(answer, 409, "CertainDowntime");
    assertThat(text(answer, "$.detail")).contains("\"acceptDowntime\": true");
  }

  @Test
  void offersReadyBodiesInsteadOfACertainDowntime() {
    workloads.put(Samples.rollout(1));

    MvcTestResult answer =
        post("{\"kind\": \"ro\", \"name\": \"canary\", \"reason\": \"rotated\"}", null, "");

    assertProblem(answer, 409, "CertainDowntime");
    assertThat(answer).bodyJson().extractingPath("$.disruption.lowestAvailable").isEqualTo(0);
    assertThat(answer).bodyJson().extractingPath("$.disruption.desired").isEqualTo(1);
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.alternatives[*].mechanism")
        .isEqualTo(List.of("TemplateAnnotation", "RestartAt"));
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.alternatives[*].disruption.lowestAvailableAtMost")
        .isEqualTo(List.of(1, 0));
    for (int index : List.of(0, 1)) {
      String body =
          json.writeValueAsString(
              JsonPath.<Object>read(body(answer), "$.alternatives[%d].request".formatted(index)));
      assertThat(body).contains("\"kind\":\"ro\"", "\"reason\":\"rotated\"");
      assertThat(post(body, null, "")).as(body).hasStatus(202);
      store.reset();
    }
  }

  @Test
  void offersAReadyBodyInsteadOfWhatHasNoEffect() {
    workloads.put(Samples.paused(Samples.deployment(3)));

    MvcTestResult answer = start();

    assertProblem(answer, 422, "Paused");
    assertThat(answer).bodyJson().doesNotHavePath("$.disruption");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.alternatives[*].request")
        .isEqualTo(
            List.of(Map.of("kind", "Deployment", "name", "web", "strategy", "RecreatePods")));
  }

  @Test
  void offersReadyBodiesThoughItIsTheLeaderWhoRefuses() {
    workloads.put(Samples.rollout(3));
    store.afterNextCreate(() -> {
      workloads.put(Samples.rollout(1));
      finish(Phase.Failed, "CertainDowntime", "The leader's own words");
    });

    MvcTestResult answer = post("{\"kind\": \"Rollout\", \"name\": \"canary\"}", null, "");

    assertProblem(answer, 409, "CertainDowntime");
    assertThat(text(answer, "$.detail")).startsWith("The leader's own words");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.alternatives[*].request.strategy")
        .isEqualTo(List.of("NewRevision", "Auto"));
    assertThat(answer).bodyJson().extractingPath("$.findings[0].code").isEqualTo("CertainDowntime");
  }

  @Test
  void startsWhatIsCertainDowntimeWhenThatIsAccepted() {
    workloads.put(Samples.rollout(1));

    assertThat(
            post(
                "{\"kind\": \"Rollout\", \"name\": \"canary\", \"acceptDowntime\": true}",
                null,
                ""))
        .hasStatus(202);
  }

  @Test
  void knowsNoSuchNamespace() {
    assertProblem(startMissing(new Reading.NoSuchNamespace()), 404, "NamespaceNotFound");
  }

  @Test
  void knowsNoSuchWorkload() {
    assertProblem(startMissing(new Reading.NoSuchWorkload()), 404, "WorkloadNotFound");
  }

  @Test
  void knowsThatANamespaceIsNotCovered() {
    assertProblem(startMissing(new Reading.NotCovered()), 404, "NamespaceNotCovered");
  }

  @Test
  void knowsNoSuchKind() {
    assertProblem(startMissing(new Reading.NoSuchKind()), 422, "KindNotFound");
  }

  private MvcTestResult startMissing(Reading reading) {
    workloads.reset();
    workloads.missing(reading);
    return start();
  }

  @ParameterizedTest
  @CsvSource({
    "WriteRefused, 502",
    "ReadRefused, 502",
    "TooManyTries, 503",
    "Timeout, 504",
    "Busy, 409",
    "CertainDowntime, 409",
    "WorkloadNotFound, 404",
    "WorkloadDeleted, 404",
    "WorkloadReplaced, 404",
    "KindNotFound, 422",
    "Paused, 422"
  })
  void tellsWhyALeaderEndedItBeforeAnythingWasWritten(String reason, int status) {
    store.afterNextCreate(() -> finish(Phase.Failed, reason, "The leader's own words"));

    MvcTestResult answer = start();

    assertProblem(answer, status, reason);
    assertThat(text(answer, "$.detail")).isEqualTo("The leader's own words; nothing was changed");
  }

  @Test
  void saysThatNothingChangedWhenTheClusterCouldNotBeAsked() {
    workloads.failReads(new ClusterUnavailable("Silent", false, null, null));

    MvcTestResult answer = start();

    assertProblem(answer, 503, "ClusterUnavailable");
    assertThat(text(answer, "$.detail")).contains("Nothing was changed");
    assertThat(answer).headers().hasValue("Retry-After", "2");
  }

  @Test
  void passesOnHowLongTheClusterAsksToBeLeftAlone() {
    workloads.failReads(
        new ClusterUnavailable("Too many requests", false, Duration.ofSeconds(17), null));

    assertThat(start()).headers().hasValue("Retry-After", "17");
  }

  @Test
  void saysThatTheRestartMayBeRecordedWhenTheAnswerIsLost() {
    store.failCreates(new ClusterUnavailable("Silent", true, null, null));

    MvcTestResult answer = start();

    assertProblem(answer, 504, "ClusterUnavailable");
    assertThat(text(answer, "$.detail")).contains("Idempotency-Key");
  }

  @Test
  void passesOnWhyTheClusterRefuses() {
    store.failCreates(
        new ClusterRefused("restarts.reprise.dev is forbidden", new RuntimeException()));

    MvcTestResult answer = start();

    assertProblem(answer, 502, "ClusterRefused");
    assertThat(text(answer, "$.detail")).contains("restarts.reprise.dev is forbidden");
  }

  @Test
  void keepsItsOwnFaultsToItself() {
    workloads.failReads(new IllegalStateException("A secret of the implementation"));

    MvcTestResult answer = start();

    assertProblem(answer, 500, "InternalError");
    assertThat(answer).bodyText().doesNotContain("secret");
  }

  private void finish(Phase phase, String reason, String message) {
    Restart created = store.all().getFirst();
    store.updateStatus(created, created.status().finished(phase, reason, message, HandClock.START));
  }

  private MvcTestResult start() {
    return start("Deployment", null, "");
  }

  private MvcTestResult start(String kind, @Nullable String header, String value) {
    return post("{\"kind\": \"%s\", \"name\": \"web\"}".formatted(kind), header, value);
  }

  private MvcTestResult post(String body, @Nullable String header, String value) {
    var request = mvc.post().uri(PATH).contentType(MediaType.APPLICATION_JSON).content(body);
    return header == null ? request.exchange() : request.header(header, value).exchange();
  }
}
