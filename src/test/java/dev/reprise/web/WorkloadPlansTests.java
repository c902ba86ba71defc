package dev.reprise.web;

import static dev.reprise.web.Answers.assertProblem;
import static dev.reprise.web.Answers.body;
import static dev.reprise.web.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.NotChecked;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.LabelSelector;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.References;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a caller is told of one workload: the plan of every strategy, side by side. */
@WebTest
class WorkloadPlansTests {

  private static final String PATH = "/namespaces/demo/workloads";

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

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "DEPLOYMENT", "deployments"})
  void tellsMechanismAndCostOfWhatCanBeDone(String kind) {
    MvcTestResult answer = get("/" + kind + "/web");

    assertThat(answer).hasStatusOk();
    assertThat(text(answer, "$.name")).isEqualTo("web");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.plans[*].strategy")
        .isEqualTo(List.of("Auto", "NewRevision", "RecreatePods"));
    assertThat(text(answer, "$.plans[0].verdict")).isEqualTo("Proceed");
    assertThat(text(answer, "$.plans[0].mechanism")).isEqualTo("TemplateAnnotation");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.plans[0].disruption")
        .isEqualTo(
            Map.of(
                "desired",
                3,
                "available",
                3,
                "surge",
                1,
                "unavailable",
                0,
                "lowestAvailable",
                3,
                "lowestAvailableAtMost",
                3,
                "waves",
                3));
    assertThat(text(answer, "$.plans[2].verdict")).isEqualTo("Proceed");
    assertThat(text(answer, "$.plans[2].mechanism")).isEqualTo("Eviction");
  }

  @Test
  void tellsTheCostOfWhatIsRefusedForItsDowntimeAlone() {
    MvcTestResult answer = get("/ro/canary");

    assertThat(text(answer, "$.plans[0].verdict")).isEqualTo("Refused");
    assertThat(text(answer, "$.plans[0].findings[0].code")).isEqualTo("CertainDowntime");
    assertThat(text(answer, "$.plans[0].findings[0].severity")).isEqualTo("Refusal");
    assertThat(text(answer, "$.plans[0].mechanism")).isEqualTo("RestartAt");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.plans[0].disruption.lowestAvailable")
        .isEqualTo(0);
  }

  @Test
  void tellsThatThereIsNothingToRestart() {
    workloads.put(Samples.deployment(0));

    MvcTestResult answer = get("/deployment/web");

    assertThat(text(answer, "$.plans[0].verdict")).isEqualTo("NothingToRestart");
    assertThat(text(answer, "$.plans[0].message"))
        .isEqualTo("Deployment demo/web is scaled to zero");
    assertThat(page("/deployment/web"))
        .contains("nothing to restart: Deployment demo/web is scaled to zero");
  }

  @Test
  void tellsWhyAndWhatToAskForInstead() {
    MvcTestResult answer = get("/ro/canary");

    assertThat(text(answer, "$.plans[1].verdict")).isEqualTo("Proceed");
    assertThat(text(answer, "$.plans[1].why")).isEqualTo("A new revision was asked for");
    assertThat(answer).bodyJson().doesNotHavePath("$.plans[1].alternatives");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.plans[0].alternatives[*].request")
        .isEqualTo(
            List.of(
                Map.of("kind", "Rollout", "name", "canary", "strategy", "NewRevision"),
                Map.of(
                    "kind",
                    "Rollout",
                    "name",
                    "canary",
                    "strategy",
                    "Auto",
                    "acceptDowntime",
                    true)));
  }

  @Test
  void namesTheRolloutWhosePodsRestart() {
    workloads.put(
        Samples.deployment(0)
            .with(
                new References(
                    null, List.of((ArgoRolloutSnapshot) Samples.rollout(3).workload()))));

    MvcTestResult answer = get("/deployment/web");

    assertThat(answer)
        .bodyJson()
        .extractingPath("$.plans[0].workload")
        .isEqualTo(Map.of("kind", "Rollout", "name", "canary"));
    assertThat(get("/ro/canary")).bodyJson().doesNotHavePath("$.plans[0].workload");
  }

  @Test
  void namesWhatKeepsItFromItsEnd() {
    WorkloadState web = Samples.deployment(3);
    BudgetSnapshot budget =
        new BudgetSnapshot("demo", "strict", new LabelSelector(List.of()), 0, 3, 3, 3, false);
    workloads.put(
        Samples.with(
                web,
                Samples.with(
                    web.workload(),
                    new PodTemplate("first", null, Map.of("app", "web"), true, List.of())))
            .with(List.of(budget)));

    MvcTestResult answer = get("/deploy/web");

    assertThat(text(answer, "$.plans[2].verdict")).isEqualTo("Proceed");
    assertThat(text(answer, "$.plans[2].obstacle")).isEqualTo("BudgetBlocksEviction");
    assertThat(answer).bodyJson().extractingPath("$.plans[2].disruption.budget").isEqualTo(0);
    assertThat(answer).bodyJson().doesNotHavePath("$.plans[1].obstacle");
    assertThat(page("/deploy/web")).contains("will wait: BudgetBlocksEviction");
  }

  @Test
  void tellsWhatIsAroundTheWorkload() {
    workloads.surround(
        new Surroundings(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new NotChecked("resourcequotas", "forbidden"))));

    assertThat(text(get("/deployment/web"), "$.plans[0].findings[0].code")).isEqualTo("NotChecked");
  }

  @Test
  void showsAPageToAPerson() {
    assertThat(page("/ro/canary"))
        .isEqualTo(
            """
            Workload   Rollout demo/canary
            Available  1 of 1
            Update     Canary, 0 steps, maxSurge 25%, maxUnavailable 1
            Restarted  <none>

            STRATEGY       MECHANISM            NEW REVISION   LOWEST AVAILABLE   WAVES   VERDICT
            Auto           RestartAt            no             0 of 1             1       refused: CertainDowntime
            NewRevision    TemplateAnnotation   yes            0-1 of 1           1       can be restarted
            RecreatePods   RestartAt            no             0 of 1             1       refused: CertainDowntime

            Auto: New pods of the same revision are what Argo's restart makes

            Refusal: CertainDowntime (Auto, RecreatePods)
              Restarting Rollout demo/canary by RestartAt leaves 0 of 1 pods available for a while (1 may be
              missing at once, 0 run beyond)
              next: Take one of the alternatives, scale it up first, or send "acceptDowntime": true

            Warning: PossibleDowntime (NewRevision)
              Restarting Rollout demo/canary by TemplateAnnotation may leave 0 of 1 pods available for a while
              (1 may be missing at once, 1 run beyond)
              next: Scale it up first to be sure
            """);
  }

  @Test
  void saysWhatIsNotThereAsAPostDoes() {
    assertProblem(get("/deployment/other"), 404, "WorkloadNotFound");
    workloads.missing(new Reading.NoSuchNamespace());
    assertProblem(get("/deployment/other"), 404, "NamespaceNotFound");
    workloads.missing(new Reading.NotCovered());
    assertProblem(get("/deployment/other"), 404, "NamespaceNotCovered");
    workloads.missing(new Reading.NoSuchKind());
    assertProblem(get("/rollout/other"), 422, "KindNotFound");
  }

  @Test
  void saysThatTheClusterDoesNotAnswer() {
    workloads.failReads(new ClusterUnavailable("Silent", false, null, null));

    assertProblem(get("/deployment/web"), 503, "ClusterUnavailable");
  }

  private String page(String path) {
    return body(mvc.get().uri(PATH + path).header("Accept", "text/plain").exchange());
  }

  private MvcTestResult get(String path) {
    return mvc.get().uri(PATH + path).exchange();
  }
}
