package dev.reprise.web;

import static dev.reprise.web.Answers.assertInvalid;
import static dev.reprise.web.Answers.assertProblem;
import static dev.reprise.web.Answers.body;
import static dev.reprise.web.Answers.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Phase;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.ManagedBy.Tool;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a caller is shown of the workloads of a namespace. */
@WebTest
class WorkloadsTests {

  private static final String PATH = "/namespaces/demo/workloads";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;
  @Autowired private HandClock clock;

  @BeforeEach
  void runThreeWorkloads() {
    store.reset();
    workloads.reset();
    workloads.put(Samples.rollout(2));
    workloads.put(statefulSet(new ManagedBy(Tool.Helm, "shop", "annotation x")));
    workloads.put(Samples.deployment(3));
  }

  @Test
  void listsByKindThenName() {
    MvcTestResult answer = get("");

    assertThat(answer).hasStatusOk();
    assertThat(answer).headers().hasValue("Vary", "Accept");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.items[*].kind")
        .isEqualTo(List.of("Deployment", "Rollout", "StatefulSet"));
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.items[*].links.self")
        .isEqualTo(
            List.of(PATH + "/deployment/web", PATH + "/rollout/canary", PATH + "/statefulset/db"));
    assertThat(answer).bodyJson().doesNotHavePath("$.continue");
  }

  @Test
  void tellsWhatAPersonChoosesBy() {
    workloads.put(Samples.available(Samples.deployment(3), 2));

    MvcTestResult answer = get("?kind=deploy");

    assertThat(answer).bodyJson().extractingPath("$.items[0].name").isEqualTo("web");
    assertThat(answer).bodyJson().extractingPath("$.items[0].namespace").isEqualTo("demo");
    assertThat(answer).bodyJson().extractingPath("$.items[0].replicas").isEqualTo(3);
    assertThat(answer).bodyJson().extractingPath("$.items[0].available").isEqualTo(2);
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.items[0].updateStrategy")
        .isEqualTo("RollingUpdate, maxSurge 25%, maxUnavailable 25%");
    assertThat(answer).bodyJson().extractingPath("$.items[0].managedBy").isEqualTo(List.of());
    assertThat(answer).bodyJson().doesNotHavePath("$.items[0].lastRestart");
    assertThat(answer).bodyJson().doesNotHavePath("$.items[0].plans");
  }

  @Test
  void tellsWhoManagesAWorkloadAndHowThatIsKnown() {
    MvcTestResult answer = get("?kind=sts");

    assertThat(text(answer, "$.items[0].managedBy[0].tool")).isEqualTo("Helm");
    assertThat(text(answer, "$.items[0].managedBy[0].name")).isEqualTo("shop");
    assertThat(text(answer, "$.items[0].managedBy[0].toldBy")).isEqualTo("annotation x");
  }

  @Test
  void tellsTheNewestRestartOfEach() {
    store.put(Samples.key("web-old"), Samples.spec(Samples.WEB), ended(Phase.Failed));
    clock.pass(Duration.ofSeconds(1));
    store.put(Samples.key("web-new"), Samples.spec(Samples.WEB), ended(Phase.Succeeded));
    store.put(Samples.key("canary-1"), Samples.spec(Samples.CANARY), RestartStatus.NEW);

    MvcTestResult answer = get("");

    assertThat(text(answer, "$.items[0].lastRestart.name")).isEqualTo("web-new");
    assertThat(text(answer, "$.items[0].lastRestart.phase")).isEqualTo("Succeeded");
    assertThat(text(answer, "$.items[0].lastRestart.finishedAt")).isNotEmpty();
    assertThat(text(answer, "$.items[0].links.lastRestart"))
        .isEqualTo("/namespaces/demo/restarts/web-new");
    assertThat(text(answer, "$.items[1].lastRestart.phase")).isEqualTo("Pending");
    assertThat(answer).bodyJson().doesNotHavePath("$.items[1].lastRestart.finishedAt");
    assertThat(answer).bodyJson().doesNotHavePath("$.items[2].lastRestart");
  }

  @Test
  void tellsOfNoRestartThatOnlyNotesWhatTheConfigurationIs() {
    store.put(Samples.key("web-1"), Samples.reload(1, true), ended(Phase.Succeeded));

    assertThat(get("")).bodyJson().doesNotHavePath("$.items[0].lastRestart");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind=sts&kind=RO", "kind=sts,rollouts", "kind=sts,ro&kind=ro"})
  void filtersBySeveralKinds(String filter) {
    assertThat(get("?" + filter))
        .bodyJson()
        .extractingPath("$.items[*].name")
        .isEqualTo(List.of("canary", "db"));
  }

  @ParameterizedTest
  @CsvSource({
    "kind=pod, kind",
    "limit=0, limit",
    "limit=x, limit",
    "continue=!, continue",
    "continue=bm90aGluZw, continue"
  })
  void namesWhatIsMalformed(String query, String field) {
    assertInvalid(get("?" + query), field);
  }

  @Test
  void namesAMalformedPath() {
    assertInvalid(mvc.get().uri("/namespaces/Demo/workloads").exchange(), "namespace");
    assertInvalid(get("/pod/web"), "kind");
    assertInvalid(get("/deploy/Web"), "name");
  }

  @Test
  void listsPageByPage() {
    List<String> names = new ArrayList<>();

    MvcTestResult page = get("?limit=1");
    names.add(text(page, "$.items[0].name"));
    while (body(page).contains("\"continue\"")) {
      page = get("?limit=1&continue=" + text(page, "$.continue"));
      names.add(text(page, "$.items[0].name"));
    }

    assertThat(names).containsExactly("web", "canary", "db");
  }

  @Test
  void asksForPatienceUntilAllIsListed() {
    workloads.setSynced(false);

    MvcTestResult answer = get("");

    assertProblem(answer, 503, "ClusterUnavailable");
    assertThat(answer).headers().containsHeader("Retry-After");
  }

  @Test
  void tellsAMissingNamespaceFromAnEmptyOneAndFromOneThatIsNotCovered() {
    assertThat(mvc.get().uri("/namespaces/empty/workloads").exchange())
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.items")
        .isEqualTo(List.of());

    workloads.missing(new Reading.NoSuchNamespace());
    assertProblem(
        mvc.get().uri("/namespaces/nowhere/workloads").exchange(), 404, "NamespaceNotFound");
    assertThat(get("")).hasStatusOk();

    workloads.missing(new Reading.NotCovered());
    assertProblem(get(""), 404, "NamespaceNotCovered");
  }

  @Test
  void listsATable() {
    store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), ended(Phase.Failed));
    clock.pass(Duration.ofMinutes(5));

    assertThat(page(""))
        .isEqualTo(
            """
            KIND          NAME     REPLICAS   AVAILABLE   STRATEGY                                          LAST RESTART      MANAGED BY
            Deployment    web      3          3           RollingUpdate, maxSurge 25%, maxUnavailable 25%   Failed (5m ago)   <none>
            Rollout       canary   2          2           Canary, 0 steps, maxSurge 25%, maxUnavailable 1   <none>            <none>
            StatefulSet   db       2          2           RollingUpdate, maxUnavailable 1, partition 1      <none>            Helm
            """);
    assertThat(page("?kind=ds")).isEqualTo("No workloads found.\n");
    assertThat(page("?limit=2")).contains("There are more; the next page: continue=");
  }

  @Test
  void letsNoTextOfTheClusterSteerATerminal() {
    workloads.put(
        statefulSet(new ManagedBy(Tool.ArgoCD, "a\u001b[2J\nb\u009b31m\u202e", "annotation x")));

    assertThat(page("/sts/db")).contains("Managed by Argo CD a [2J b 31m  (annotation x)\n");
  }

  private String page(String path) {
    return body(mvc.get().uri(PATH + path).header("Accept", "text/plain").exchange());
  }

  private MvcTestResult get(String path) {
    return mvc.get().uri(PATH + path).exchange();
  }

  private static RestartStatus ended(Phase phase) {
    return RestartStatus.NEW.finished(phase, "Why", "How it ended", HandClock.START);
  }

  private static WorkloadState statefulSet(ManagedBy managedBy) {
    return new WorkloadState(
        new StatefulSetSnapshot(
            new WorkloadMetadata(
                new WorkloadRef(WorkloadKind.StatefulSet, "demo", "db"),
                "uid-db",
                "1",
                new Generation(1, 1),
                null,
                false,
                List.of(managedBy)),
            2,
            new ReplicaCounts(2, 2, 2, 2),
            new RollingUpdate(IntOrPercent.count(0), IntOrPercent.count(1)),
            true,
            true,
            1,
            0,
            new PodTemplate("first", null),
            List.of()),
        List.of(),
        List.of());
  }
}
