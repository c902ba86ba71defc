package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers are told, and that what is refused changes nothing. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsClusterTests {

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
    namespace = own.name();
    workloads.create(deployment("web"));
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void fiftyCallersWithOneKeyMakeOneRestart() throws Exception {
    workloads.create(deployment("popular"));

    List<Answer> answers =
        atOnce(
            50,
            () -> caller.restart(namespace, "Deployment", "popular", "Idempotency-Key", "\"k-1\""));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).extracting(Answer::location).containsOnly(answers.getFirst().location());
    Answer ended = caller.awaitEnd(answers.getFirst().location());
    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("popular")).hasSize(2);
  }

  @Test
  void namesAQueryThatCannotBeRead() {
    Answer answer = caller.get("/restarts?=");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("field")).isEqualTo("query");
  }

  @Test
  void doesNotMindTheTypeOfABodyThatNobodyReads() {
    assertThat(caller.get("/restarts", "Content-Type", "multipart/form-data").status())
        .isEqualTo(200);
  }

  @Test
  void knowsNoOtherMethods() {
    assertThat(caller.call("QUERY", "/restarts").status()).isEqualTo(405);
  }

  @Test
  void ofTwoCallersWithoutAKeyOneIsToldTheOther() throws Exception {
    workloads.create(deployment("contested").pods("ready-after", "2s"));

    List<Answer> answers = atOnce(2, () -> caller.restart(namespace, "Deployment", "contested"));

    List<Answer> ended = answers.stream().map(caller::ended).toList();
    Answer winner = ended.stream().filter(RequestsClusterTests::hasSucceeded).findFirst().get();
    Answer loser = ended.stream().filter(answer -> !hasSucceeded(answer)).findFirst().get();
    assertToldOf(winner.text("name"), loser);
    assertThat(workloads.replicaSetsOf("contested")).hasSize(2);
  }

  private static boolean hasSucceeded(Answer answer) {
    return answer.text("phase").equals("Succeeded");
  }

  /**
   * At once, or by the end of its own Restart where the leader took longer than the caller waits.
   */
  private static void assertToldOf(String winner, Answer loser) {
    if (loser.isFinished()) {
      assertThat(loser.text("phase")).isEqualTo("Failed");
      assertThat(loser.text("reason")).isEqualTo("Busy");
      assertThat(loser.text("message")).contains(winner);
    } else {
      assertThat(loser.status()).isEqualTo(409);
      assertThat(loser.text("code")).isEqualTo("Busy");
      assertThat(loser.text("detail")).contains(winner);
    }
  }

  @Test
  void refusesAKeyThatStoodForAnotherRequest() {
    workloads.create(deployment("first"));
    workloads.create(deployment("second"));
    caller.restart(namespace, "Deployment", "first", "Idempotency-Key", "k-2");

    Answer reused = caller.restart(namespace, "Deployment", "second", "Idempotency-Key", "k-2");

    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.text("code")).isEqualTo("IdempotencyKeyReused");
    assertThat(workloads.replicaSetsOf("second")).hasSize(1);
  }

  @Test
  void refusesAPausedDeployment() {
    workloads.create(deployment("paused"));
    workloads.kubectl("rollout", "pause", "deployment/paused");
    String before = workloads.stateOf("deployment", "paused");

    Answer refused = caller.restart(namespace, "Deployment", "paused");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("Paused");
    assertThat(refused.text("detail")).contains("kubectl rollout resume deployment/paused");
    assertThat(workloads.stateOf("deployment", "paused")).isEqualTo(before);
    assertThat(workloads.restarted()).doesNotContain("paused");
  }

  @Test
  void knowsNoSuchWorkload() {
    assertProblem(caller.restart(namespace, "Deployment", "nowhere"), 404, "WorkloadNotFound");
    assertThat(workloads.restarted()).doesNotContain("nowhere");
  }

  @Test
  void knowsNoSuchNamespace() {
    assertProblem(caller.restart("nowhere-at-all", "Deployment", "web"), 404, "NamespaceNotFound");
  }

  @Test
  void knowsNoSuchRestart() {
    assertProblem(
        caller.get("/namespaces/" + namespace + "/restarts/nothing-abc"), 404, "RestartNotFound");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"name": "web"}                                                | kind
          {"kind": "Deployment"}                                         | name
          {"kind": "Pod", "name": "web"}                                 | kind
          {"kind": "Deployment", "name": "Web!"}                         | name
          {"kind": "Deployment", "name": "../../secrets"}                | name
          {"kind": "Deployment", "name": "web", "strategy": "Violent"}   | strategy
          {"kind": "Deployment", "name": "web", "timeout": "soon"}       | timeout
          {"kind": "Deployment", "name": "web", "timeout": "PT0S"}       | timeout
          {"kind": "Deployment", "name": "web", "acceptDowntime": "yes"} | acceptDowntime
          {"kind": "Deployment", "name": "web", "replicas": 3}           | replicas
          {"kind": "Deployment", "name":                                 | body
          """)
  void namesTheFieldThatIsWrongAndChangesNothing(String body, String field) {
    String before = workloads.stateOf("deployment", "web");

    Answer answer = caller.post(namespace, body);

    assertProblem(answer, 400, "InvalidRequest");
    assertThat(answer.text("field")).isEqualTo(field);
    assertThat(workloads.stateOf("deployment", "web")).isEqualTo(before);
    assertThat(workloads.restarted()).doesNotContain("web");
  }

  @Test
  void answersUnknownPathsAndMethodsWithProblems() {
    assertProblem(caller.get("/nothing/here"), 404, "NotFound");
    assertProblem(caller.get("/namespaces/Not%20One/restarts"), 400, "InvalidRequest");
  }

  @Test
  void describesItselfAsOpenApi() {
    Answer description = caller.get("/v3/api-docs");

    assertThat(description.status()).isEqualTo(200);
    assertThat(description.text("openapi")).startsWith("3.1.");
    assertThat(description.body().path("paths").propertyNames())
        .contains("/namespaces/{namespace}/restarts");
  }

  @Test
  void hasASwaggerUi() {
    assertThat(caller.get("/swagger-ui.html").status()).isEqualTo(200);
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    for (String name : List.of("one", "two", "three")) {
      workloads.namespace().apply(deployment("listed-" + name).replicas(0).yaml());
      caller.restartAndWait(namespace, "Deployment", "listed-" + name);
    }
    String path =
        "/namespaces/" + namespace + "/restarts?phase=succeeded&kind=deploy&limit=1&name=";

    Answer all = caller.get("/namespaces/" + namespace + "/restarts");
    Answer only = caller.get(path + "listed-two");
    Answer first = caller.get("/namespaces/" + namespace + "/restarts?limit=1");
    Answer next =
        caller.get(
            "/namespaces/" + namespace + "/restarts?limit=1&continue=" + first.text("continue"));

    assertThat(Caller.names(only.body())).singleElement().asString().startsWith("listed-two-");
    assertThat(Caller.names(first.body())).containsExactly(Caller.names(all.body()).get(0));
    assertThat(Caller.names(next.body())).containsExactly(Caller.names(all.body()).get(1));
  }

  @Test
  void restartsWrittenWithKubectlAreCarriedOutToo() {
    workloads.create(deployment("declared"));

    workloads
        .namespace()
        .apply(
"""
apiVersion: reprise.dev/v1
kind: Restart
metadata: {name: declared-by-hand}
spec: {kind: Deployment, name: declared}
""");
    workloads.kubectl(
        "wait",
        "--for=jsonpath={.status.phase}=Succeeded",
        "restart/declared-by-hand",
        "--timeout=180s");

    assertThat(workloads.replicaSetsOf("declared")).hasSize(2);
    assertThat(workloads.kubectl("get", "restarts", "declared-by-hand"))
        .contains("Deployment", "declared", "Succeeded", "3/3", "AllPodsReplaced");
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("type")).startsWith("https://reprise.dev/problems/");
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(IntStream.range(0, times).mapToObj(_ -> call).toList()).stream()
          .map(future -> future.resultNow())
          .toList();
    }
  }
}
