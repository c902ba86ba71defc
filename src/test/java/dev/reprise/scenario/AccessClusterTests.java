package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, as the real API server says it of real service accounts. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessClusterTests {

  private static final String AUTHENTICATED = "--reprise.authentication.mode=kubernetes";

  /** Longer than an answer about a token or a right is remembered. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(1);

  private TestCluster cluster;
  private Namespace own;
  private String namespace;
  private Workloads workloads;
  private Service service;

  /** May restart the Deployment web, and nothing else of anything. */
  private Caller one;

  /** May restart every Deployment of the namespace. */
  private Caller all;

  @BeforeAll
  void start(TestCluster shared, Namespace namespace) {
    cluster = shared;
    own = namespace;
    this.namespace = namespace.name();
    workloads = new Workloads(namespace);
    service = Service.start(shared, namespace, AUTHENTICATED);
    Stream.of("web", "api").map(Manifest::deployment).forEach(workloads::create);
    one =
        caller(
            "one",
            "- {apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: [restart]}");
    all = caller("all", "- {apiGroups: [apps], resources: [deployments], verbs: [restart]}");
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  /** A service account with these rights, which shows a token for Reprise. */
  private Caller caller(String account, String rules) {
    Account.create(own, account, rules);
    return service.caller().with(Account.token(own, account, "--audience=reprise"));
  }

  @Test
  void restartsAndFollowsTheOneThatItMayRestart() {
    Answer ended = one.restartAndWait(namespace, "Deployment", "web");

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(ended.text("requestedBy")).isEqualTo("system:serviceaccount:" + namespace + ":one");
    String path = restart(ended.text("name"));
    assertThat(one.get(path + "/result").status()).isEqualTo(200);
    try (Stream<String> lines = one.lines(path + "/events", "text/plain")) {
      assertThat(lines.toList().getLast()).contains("successfully restarted");
    }
  }

  @Test
  void cancelsTheOneThatItMayRestart() {
    workloads.createWell(deployment("stuck").pods("pod", "never-ready"));
    Caller both =
        caller(
            "both",
            "- {apiGroups: [apps], resources: [deployments], resourceNames: [stuck], verbs: [restart]}");
    Answer begun = both.begin(namespace, "Deployment", "stuck");

    assertThat(one.cancel(begun.location()).status()).isEqualTo(403);
    assertThat(both.cancel(begun.location()).status()).isEqualTo(202);

    assertThat(both.awaitEnd(begun.location()).text("phase")).isEqualTo("Cancelled");
  }

  @Test
  void restartsNothingElse() {
    Answer refused = one.restart(namespace, "Deployment", "api");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("code")).isEqualTo("Forbidden");
    assertThat(refused.text("detail"))
        .contains("verb restart on deployments.apps api in namespace " + namespace);
    assertThat(one.dryRun(namespace, "{\"kind\": \"Deployment\", \"name\": \"api\"}").status())
        .isEqualTo(403);
  }

  @Test
  void isNotToldWhetherThereIsWhatItMayNotRestart() {
    String there = one.restart(namespace, "Deployment", "api").text("detail");
    String notThere = one.restart(namespace, "Deployment", "nowhere").text("detail");
    String workload = one.get(workload("api")).text("detail");
    String noWorkload = one.get(workload("nowhere")).text("detail");
    Answer restarted = all.restartAndWait(namespace, "Deployment", "api");
    String name = restarted.text("name");

    assertThat(there.replace("api", "nowhere")).isEqualTo(notThere);
    assertThat(workload.replace("api", "nowhere")).isEqualTo(noWorkload);
    assertThat(one.get(restart(name)).text("detail").replace(name, "no-such"))
        .isEqualTo(one.get(restart("no-such")).text("detail"));
    assertThat(one.get(restart(name)).status()).isEqualTo(403);
  }

  @Test
  void isToldThatThereIsNoneWhereItMayRestartAll() {
    assertThat(all.restart(namespace, "Deployment", "nowhere").text("code"))
        .isEqualTo("WorkloadNotFound");
  }

  @Test
  void seesInListsOnlyWhatItMayRestart() {
    String mine = one.restartAndWait(namespace, "Deployment", "web").text("name");
    String other = all.restartAndWait(namespace, "Deployment", "api").text("name");

    assertThat(Caller.names(one.get("/namespaces/" + namespace + "/restarts?limit=500").body()))
        .contains(mine)
        .doesNotContain(other);
    assertThat(Caller.names(one.get("/restarts?limit=500").body()))
        .contains(mine)
        .doesNotContain(other);
    assertThat(Caller.names(all.get("/restarts?limit=500").body())).contains(mine, other);
    assertThat(Caller.names(one.get("/namespaces/" + namespace + "/workloads").body()))
        .containsExactly("web");
  }

  @Test
  void restartsInAGroupOnlyWhatItMayRestart() {
    Stream.of("mine", "theirs").map(Manifest::deployment).forEach(workloads::create);
    workloads.kubectl("label", "deployment", "mine", "theirs", "test-group=access");
    Caller some =
        caller(
            "some",
            "- {apiGroups: [apps], resources: [deployments], resourceNames: [mine], verbs: [restart]}");
    String body = "{\"selector\": \"test-group=access\"}";
    await().until(() -> all.dryRun(namespace, body).body().path("members").size() == 2);

    Answer ended = some.awaitEnd(some.post(namespace, body).location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(ended.body().path("members").findValuesAsString("name")).containsExactly("mine");
    assertThat(workloads.replicaSetsOf("theirs")).hasSize(1);
  }

  @Test
  void namesInAGroupWhatItMayReadAndNotRestart() {
    Stream.of("open", "readable").map(Manifest::deployment).forEach(workloads::create);
    workloads.kubectl("label", "deployment", "open", "readable", "test-group=named");
    Caller reader =
        caller(
            "reader",
            "- {apiGroups: [apps], resources: [deployments], resourceNames: [open], verbs: [restart]}\n"
                + "- {apiGroups: [apps], resources: [deployments], verbs: [get]}");
    String body = "{\"selector\": \"test-group=named\"}";
    await().until(() -> all.dryRun(namespace, body).body().path("members").size() == 2);

    Answer refused = reader.post(namespace, body);

    assertThat(refused.text("code")).as(refused.body().toString()).isEqualTo("MembersRefused");
    assertThat(refused.body().at("/refused/0/name").asString("")).isEqualTo("readable");
    assertThat(refused.body().at("/refused/0/code").asString("")).isEqualTo("Forbidden");
    assertThat(workloads.replicaSetsOf("open")).hasSize(1);
  }

  @Test
  void cannotPatchWithKubectlWhatItMayRestart() {
    assertThatThrownBy(() ->
            workloads.kubectl(
                "rollout",
                "restart",
                "deployment/web",
                "--as=system:serviceaccount:" + namespace + ":one"))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("Forbidden");
  }

  @Test
  void asksAgainBeforeAWaitingRestartBegins() {
    workloads.create(deployment("late"));
    Caller waiting =
        caller(
            "waiting",
            "- {apiGroups: [apps], resources: [deployments], resourceNames: [late], verbs: [restart]}");
    // Beyond the time for which an answer is remembered.
    Instant later = Instant.now().plusSeconds(15).truncatedTo(ChronoUnit.SECONDS);
    Answer begun =
        waiting.post(
            namespace,
            "{\"kind\": \"Deployment\", \"name\": \"late\", \"notBefore\": \"%s\"}"
                .formatted(later));
    assertThat(begun.text("reason")).as(begun.body().toString()).isEqualTo("WaitingForTime");

    workloads.kubectl("delete", "rolebinding", "waiting");

    Answer ended = all.awaitEnd(begun.location());
    assertThat(ended.text("phase")).isEqualTo("Failed");
    assertThat(ended.text("reason")).isEqualTo("Forbidden");
    assertThat(workloads.replicaSetsOf("late")).hasSize(1);
  }

  @Test
  void refusesATokenForAnotherAudience() {
    Answer answer = service.caller().with(Account.token(own, "one")).get("/restarts");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
  }

  @Test
  void refusesWhoeverShowsNoToken() {
    assertThat(service.caller().get("/restarts").status()).isEqualTo(401);
    assertThat(service.caller().restart(namespace, "Deployment", "web").status()).isEqualTo(401);
    assertThat(service.caller().get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void refusesTheTokenOfAnAccountThatHasBeenDeleted() {
    Caller gone =
        caller("gone", "- {apiGroups: [apps], resources: [deployments], verbs: [restart]}");
    assertThat(gone.get("/restarts").status()).isEqualTo(200);

    workloads.kubectl("delete", "serviceaccount", "gone");

    await().atMost(FORGOTTEN).until(() -> gone.get("/restarts").status() == 401);
  }

  @Test
  void namesTheRightThatTheServiceItselfLacks(@TempDir Path folder) {
    Path kubeconfig = Account.create(cluster, own, "blind", Account.rulesOfTheChart(), folder);
    try (Service blind =
        Service.startUnready(kubeconfig, namespace, AUTHENTICATED, "--reprise.leader.name=blind")) {
      Answer answer =
          blind.caller().with(Account.token(own, "one", "--audience=reprise")).get("/restarts");

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text("detail")).contains("cannot create resource \"tokenreviews\"");
    }
  }

  @Test
  void namesTheRightToAskWhatACallerMay(@TempDir Path folder) {
    Path kubeconfig = Account.create(cluster, own, "deaf", Account.rulesOfTheChart(), folder);
    cluster
        .kubectl()
        .run(
            "create",
            "clusterrole",
            namespace + "-tokens",
            "--verb=create",
            "--resource=tokenreviews.authentication.k8s.io");
    cluster
        .kubectl()
        .run(
            "create",
            "clusterrolebinding",
            namespace + "-tokens",
            "--clusterrole=" + namespace + "-tokens",
            "--serviceaccount=" + namespace + ":deaf");
    try (Service deaf =
        Service.startUnready(kubeconfig, namespace, AUTHENTICATED, "--reprise.leader.name=deaf")) {
      Answer answer =
          deaf.caller()
              .with(Account.token(own, "one", "--audience=reprise"))
              .restart(namespace, "Deployment", "web");

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text("detail")).contains("cannot create resource \"subjectaccessreviews\"");
    }
  }

  private String restart(String name) {
    return "/namespaces/" + namespace + "/restarts/" + name;
  }

  private String workload(String name) {
    return "/namespaces/" + namespace + "/workloads/deployment/" + name;
  }
}
