package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What can be restarted in a namespace, and what each way of doing so would cost. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkloadsClusterTests {

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String path;

  @BeforeAll
  void runAllFourKinds(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
    path = "/namespaces/" + own.name() + "/workloads";
    own.apply(deployment("web").yaml());
    own.apply(rollout("single").replicas(1).yaml());
    own.apply(statefulSet());
    own.apply(daemonSet());
    workloads.kubectl("label", "deployment", "web", "app.kubernetes.io/managed-by=Helm");
    workloads.kubectl("annotate", "deployment", "web", "meta.helm.sh/release-name=shop");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          List<JsonNode> items = items();
          assertThat(items).hasSize(4);
          assertThat(items)
              .allSatisfy(item -> {
                assertThat(item.path("replicas").asInt()).isPositive();
                assertThat(item.path("available")).isEqualTo(item.path("replicas"));
              });
        });
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void listsAllFourKinds() {
    assertThat(items())
        .extracting(item -> item.path("kind").asString() + " " + item.path("name").asString())
        .containsExactly("DaemonSet agent", "Deployment web", "Rollout single", "StatefulSet db");
    assertThat(items())
        .extracting(item -> item.path("updateStrategy").asString())
        .containsExactly(
            "RollingUpdate, maxSurge 0, maxUnavailable 1",
            "RollingUpdate, maxSurge 25%, maxUnavailable 25%",
            "Canary, 0 steps, maxSurge 25%, maxUnavailable 25%",
            "RollingUpdate, maxUnavailable 1");
  }

  @Test
  void tellsWhoManagesAWorkload() {
    JsonNode web = items().get(1);

    assertThat(web.path("managedBy").size()).isEqualTo(1);
    assertThat(web.path("managedBy").path(0).path("tool").asString()).isEqualTo("Helm");
    assertThat(web.path("managedBy").path(0).path("name").asString()).isEqualTo("shop");
  }

  @Test
  void tellsTheLastRestart() {
    Answer ended = caller.restartAndWait(workloads.namespace().name(), "StatefulSet", "db");

    JsonNode last = caller.get(path + "/sts/db").body().path("lastRestart");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(last.path("name").asString()).isEqualTo(ended.text("name"));
    assertThat(last.path("phase").asString()).isEqualTo("Succeeded");
  }

  @Test
  void printsATable() throws Exception {
    assertThat(text("?kind=deploy"))
        .isEqualTo(
            """
            KIND         NAME   REPLICAS   AVAILABLE   STRATEGY                                          LAST RESTART   MANAGED BY
            Deployment   web    3          3           RollingUpdate, maxSurge 25%, maxUnavailable 25%   <none>         Helm
            """);
  }

  @Test
  void plansARolloutOfOneReplica() throws Exception {
    JsonNode plans = caller.get(path + "/ro/single").body().path("plans");

    JsonNode newRevision = plans.path(1);
    assertThat(newRevision.path("strategy").asString()).isEqualTo("NewRevision");
    assertThat(newRevision.path("verdict").asString()).isEqualTo("Proceed");
    assertThat(newRevision.path("mechanism").asString()).isEqualTo("TemplateAnnotation");
    assertThat(newRevision.path("disruption").path("lowestAvailable").asInt(-1)).isEqualTo(1);
    JsonNode recreatePods = plans.path(2);
    assertThat(recreatePods.path("strategy").asString()).isEqualTo("RecreatePods");
    assertThat(recreatePods.path("verdict").asString()).isEqualTo("Refused");
    assertThat(recreatePods.path("findings").path(0).path("code").asString())
        .isEqualTo("CertainDowntime");
    assertThat(recreatePods.path("disruption").path("lowestAvailable").asInt(-1)).isZero();
    assertThat(
            recreatePods.path("alternatives").path(0).path("request").path("strategy").asString())
        .isEqualTo("NewRevision");
    assertThat(text("/rollout/single"))
        .containsPattern("RecreatePods +RestartAt +no +0 of 1 +1 +refused: CertainDowntime\n")
        .contains("  next: ");
  }

  @Test
  void knowsWhatIsNotThere() {
    assertThat(caller.get(path + "/deployment/other").text("code")).isEqualTo("WorkloadNotFound");
    assertThat(caller.get("/namespaces/no-such-namespace/workloads").text("code"))
        .isEqualTo("NamespaceNotFound");
    assertThat(caller.get("/namespaces/default/workloads").text("code"))
        .isEqualTo("NamespaceNotCovered");
  }

  private List<JsonNode> items() {
    return caller.get(path).body().path("items").valueStream().toList();
  }

  private String text(String rest) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.address().resolve(path + rest))
            .header("Accept", "text/plain")
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static String statefulSet() {
    return new Manifest("StatefulSet", "db", 2, Map.of(), "serviceName: db").yaml();
  }

  private static String daemonSet() {
    return """
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: agent
    spec:
      selector:
        matchLabels: {app: agent}
      template:
        metadata:
          labels: {app: agent}
        spec:
          containers:
          - name: app
            image: example.com/app:1
    """;
  }
}
