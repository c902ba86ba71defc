package dev.reprise.web;

import static dev.reprise.web.Answers.assertInvalid;
import static dev.reprise.web.Answers.assertProblem;
import static dev.reprise.web.Answers.body;
import static dev.reprise.web.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a caller is told who asks what a restart would come to. */
@WebTest
class DryRunTests {

  private static final String PATH = "/namespaces/demo/restarts";
  private static final String WEB = "{\"kind\": \"Deployment\", \"name\": \"web\"}";
  private static final String CANARY =
      "{\"kind\": \"ro\", \"name\": \"canary\", \"reason\": \"rotated\"}";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;

  @BeforeEach
  void runTheWorkloads() {
    store.reset();
    workloads.reset();
    workloads.put(Samples.deployment(3));
    workloads.put(Samples.rollout(1));
  }

  @Test
  void tellsThePlanAndWhatTheApiServerSaysOfEachRequest() {
    MvcTestResult answer = dryRun(WEB);

    assertThat(answer).hasStatusOk();
    assertThat(answer).headers().doesNotContainHeader("Location");
    assertThat(text(answer, "$.verdict")).isEqualTo("Proceed");
    assertThat(text(answer, "$.message")).isEqualTo("It would begin");
    assertThat(text(answer, "$.plan.mechanism")).isEqualTo("TemplateAnnotation");
    assertThat(text(answer, "$.plan.why")).contains("kubectl rollout restart");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.requests[*].verb")
        .isEqualTo(List.of("create", "patch"));
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.requests[*].verdict")
        .isEqualTo(List.of("Accepted", "Accepted"));
    assertThat(text(answer, "$.requests[1].body.trigger")).startsWith("TemplateAnnotation ");
    assertThat(answer).bodyJson().doesNotHavePath("$.requests[1].message");
    assertThat(answer).bodyJson().doesNotHavePath("$.pods");
    assertThat(store.all()).isEmpty();
    assertThat(workloads.triggers()).isEmpty();
  }

  @Test
  void answersAQuestionThoughThePlanRefuses() {
    MvcTestResult answer = dryRun(CANARY.replace("}", ", \"strategy\": \"RecreatePods\"}"));

    assertThat(answer).hasStatusOk();
    assertThat(text(answer, "$.verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.plan.verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.plan.findings[0].code")).isEqualTo("CertainDowntime");
    assertThat(answer).bodyJson().extractingPath("$.requests").isEqualTo(List.of());
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.plan.alternatives[*].request")
        .isEqualTo(
            List.of(
                Map.of(
                    "kind", "ro", "name", "canary", "reason", "rotated", "strategy", "NewRevision"),
                Map.of(
                    "kind",
                    "ro",
                    "name",
                    "canary",
                    "reason",
                    "rotated",
                    "strategy",
                    "RecreatePods",
                    "acceptDowntime",
                    true)));
  }

  @Test
  void saysThatTheApiServerWouldRefuse() {
    workloads.answerDryRuns(Verdict.Refused);

    MvcTestResult answer = dryRun(WEB);

    assertThat(answer).hasStatusOk();
    assertThat(text(answer, "$.verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.message"))
        .isEqualTo(
            "The API server would refuse to patch Deployment demo/web: The API server's own words");
    assertThat(text(answer, "$.plan.verdict")).isEqualTo("Proceed");
    assertThat(text(answer, "$.requests[1].verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.requests[1].message")).isEqualTo("The API server's own words");
  }

  @Test
  void saysThatTheRestartCouldNotBeRecorded() {
    store.answerDryRuns(Verdict.Refused);

    MvcTestResult answer = dryRun(WEB);

    assertThat(text(answer, "$.verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.message")).contains("restarts.reprise.dev is forbidden");
  }

  @Test
  void namesTheRestartThatIsUnderWay() {
    store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);

    MvcTestResult answer = dryRun(WEB);

    assertThat(answer).hasStatusOk();
    assertThat(text(answer, "$.verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.busyWith")).isEqualTo("web-1");
    assertThat(text(answer, "$.message")).contains("web-1");
  }

  @Test
  void tellsThePodsThatWouldBeEvicted() {
    MvcTestResult answer = dryRun(WEB.replace("}", ", \"strategy\": \"RecreatePods\"}"));

    assertThat(answer).bodyJson().extractingPath("$.pods").asArray().hasSize(3);
    assertThat(answer).bodyJson().extractingPath("$.requests").asArray().hasSize(5);
  }

  @Test
  void usesUpNoKey() {
    for (String body : List.of(WEB, CANARY)) {
      assertThat(
              mvc.post()
                  .uri(PATH + "?dryRun=All")
                  .contentType(MediaType.APPLICATION_JSON)
                  .header("Idempotency-Key", "k-1")
                  .content(body)
                  .exchange())
          .hasStatusOk();
    }
    assertThat(store.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dryRun=true, dryRun",
    "dryRun=all, dryRun",
    "dryRun=, dryRun",
    "dryRun, dryRun",
    "dryRun=All&dryRun=All, dryRun",
    "dryrun=All, dryrun",
    "dry-run=All, dry-run"
  })
  void restartsNothingForWhoMeansADryRunAndSaysItWrong(String query, String parameter) {
    assertInvalid(post(query, WEB), parameter);
    assertThat(store.all()).isEmpty();
  }

  @Test
  void saysWhatIsMalformedAndWhatIsNotThereAsAPostDoes() {
    assertInvalid(dryRun("{\"kind\": \"Deployment\"}"), "name");
    assertProblem(dryRun(WEB.replace("web", "other")), 404, "WorkloadNotFound");
    workloads.missing(new Reading.NoSuchNamespace());
    assertProblem(dryRun(WEB.replace("web", "other")), 404, "NamespaceNotFound");
    workloads.missing(new Reading.NotCovered());
    assertProblem(dryRun(WEB.replace("web", "other")), 404, "NamespaceNotCovered");
    workloads.missing(new Reading.NoSuchKind());
    assertProblem(dryRun(WEB.replace("web", "other")), 422, "KindNotFound");
  }

  @Test
  void saysThatTheClusterDoesNotAnswer() {
    workloads.failReads(new ClusterUnavailable("Silent", false, null, null));

    assertProblem(dryRun(WEB), 503, "ClusterUnavailable");
  }

  @Test
  void tellsAPersonWhatWouldBeDone() {
    String page = page(WEB);

    assertThat(
            page.replaceAll("web-[a-z0-9]{6}", "NAME")
                .replaceAll("2026-11-24T03:\\d\\d:\\d\\dZ", "TIME"))
        .isEqualTo(
            """
            Dry run    nothing was changed
            Workload   Deployment demo/web
            Verdict    would begin
            Strategy   Auto
            Mechanism  TemplateAnnotation, a new revision
                       A new revision is what kubectl rollout restart makes
            Available  3 of 3 now, 3 of 3 at the lowest
                       0 may be missing at once, 1 run beyond; 3 waves

            What the API server says
              Accepted   create restarts.reprise.dev demo/NAME
              Accepted   patch Deployment demo/web
                         {"trigger":"TemplateAnnotation TIME","claim":"NAME"}
            """);
  }

  @Test
  void tellsAPersonWhoWouldRefuse() {
    workloads.answerDryRuns(Verdict.Refused);
    assertThat(page(WEB))
        .contains(
            "Verdict    would be refused by the API server, see below\n",
            "  Refused    patch Deployment demo/web\n",
            "             The API server's own words\n");

    store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);
    assertThat(page(WEB)).contains("Verdict    would be refused: Busy with web-1\n");

    workloads.put(Samples.deployment(0));
    store.reset();
    assertThat(page(WEB))
        .contains("Verdict    would do nothing: Deployment demo/web is scaled to zero\n");
  }

  @Test
  void tellsAPersonInWhichOrderPodsWouldBeEvicted() {
    assertThat(page(WEB.replace("}", ", \"strategy\": \"RecreatePods\"}")))
        .containsPattern("\nPods in the order of their eviction\n  \\S+, \\S+, \\S+\n");
  }

  @Test
  void tellsAPersonWhatToAskForInstead() {
    String page = page(CANARY.replace("}", ", \"strategy\": \"RecreatePods\"}"));

    assertThat(page)
        .isEqualTo(
            """
            Dry run    nothing was changed
            Workload   Rollout demo/canary
            Verdict    would be refused: CertainDowntime
            Strategy   RecreatePods
            Mechanism  RestartAt, no new revision
                       New pods of the same revision were asked for
            Available  1 of 1 now, 0 of 1 at the lowest
                       1 may be missing at once, 0 run beyond; 1 wave

            Refusal: CertainDowntime
              Restarting Rollout demo/canary by RestartAt leaves 0 of 1 pods available for a while (1 may be
              missing at once, 0 run beyond)
              next: Take one of the alternatives, scale it up first, or send "acceptDowntime": true

            Instead: TemplateAnnotation, 0-1 of 1 available at the lowest
              {"kind":"ro","name":"canary","strategy":"NewRevision","reason":"rotated"}

            Instead: RestartAt, 0 of 1 available at the lowest
              {"kind":"ro","name":"canary","strategy":"RecreatePods","reason":"rotated","acceptDowntime":true}
            """);
  }

  private String page(String body) {
    return body(
        mvc.post()
            .uri(PATH + "?dryRun=All")
            .contentType(MediaType.APPLICATION_JSON)
            .header("Accept", "text/plain")
            .content(body)
            .exchange());
  }

  private MvcTestResult dryRun(String body) {
    return post("dryRun=All", body);
  }

  private MvcTestResult post(String query, String body) {
    return mvc.post()
        .uri(PATH + "?" + query)
        .contentType(MediaType.APPLICATION_JSON)
        .content(body)
        .exchange();
  }
}
