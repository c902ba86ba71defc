package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reprise.chart.Chart;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.Helm;
import dev.reprise.testcluster.Kubectl;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * The chart with its default values, installed; and the service as the account that it makes, with
 * exactly that account's rights. On a cluster of its own, since it covers all namespaces.
 */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Helm#possible")
@ResourceLock("a second cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartInstallClusterTests {

  private static final String CARELESS =
      """
      extraObjects:
        - apiVersion: apps/v1
          kind: Deployment
          metadata: {name: careless}
          spec:
            replicas: 0
            selector: {matchLabels: {app: careless}}
            template:
              metadata: {labels: {app: careless}}
              spec: {containers: [{name: app, image: example.com/app:1}]}
      """;

  private static final String TRACES = "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT";

  private static final String FENCED =
      "denied request: Reprise changes nothing of a pod template but an annotation";

  private Path folder;
  private Helm helm;
  private TestCluster cluster;
  private Namespace tools;
  private Workloads workloads;
  private String namespace;
  private Helm.Printed installed;
  private @Nullable Service service;
  private Caller caller;
  private String token;

  @BeforeAll
  void install(@TempDir Path temporary) {
    folder = temporary;
    helm = Helm.ready();
    cluster = TestCluster.start(Path.of("target/cluster/chart"));
    tools = restricted();
    installed = helm("install", "reprise", "--wait", "--timeout=3m");

    Namespace apps = Namespace.create(cluster.kubectl(), Workloads.class);
    namespace = apps.name();
    workloads = new Workloads(apps);
    apps.apply(deployment("fenced").replicas(0).yaml());
    await()
        .atMost(Duration.ofMinutes(2))
        .until(this::changesOfTheImage, answer -> answer.contains(FENCED));
    token = tokenOfAnEditor(apps);
    start(false);
  }

  private void start(boolean reload) {
    service =
        Service.startUnready(
            Account.kubeconfig(cluster, tools, "reprise", folder),
            "",
            "--reprise.leader.namespace=" + tools.name(),
            "--reprise.authentication.mode=kubernetes",
            "--reprise.reload.enabled=" + reload,
            "--management.server.port=0");
    caller = service.caller().with(token);
    caller.awaitReady();
  }

  /** Who edits the workloads of a namespace may restart them: the chart adds that to the role. */
  private static String tokenOfAnEditor(Namespace apps) {
    Kubectl kubectl = apps.kubectl();
    kubectl.run("create", "serviceaccount", "editor");
    kubectl.run(
        "create",
        "clusterrolebinding",
        "editor-" + apps.name(),
        "--clusterrole=edit",
        "--serviceaccount=" + apps.name() + ":editor");
    return kubectl.run("create", "token", "editor", "--audience=reprise", "--duration=1h").strip();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** A namespace that takes only pods of Pod Security "restricted", and warns of all others. */
  private Namespace restricted() {
    Namespace namespace = Namespace.create(cluster.kubectl(), getClass());
    for (String mode : List.of("enforce", "warn", "audit")) {
      cluster
          .kubectl()
          .run(
              "label",
              "namespace",
              namespace.name(),
              "pod-security.kubernetes.io/%s=restricted".formatted(mode));
    }
    return namespace;
  }

  private Helm.Printed helm(String command, String release, String... more) {
    Stream<String> words =
        Stream.of(command, release, Chart.FOLDER.toString(), "--namespace=" + tools.name());
    return helm.run(cluster, Stream.concat(words, Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void installsWithoutAWarning() {
    assertThat(installed.errors()).isEmpty();
    assertThat(installed.output())
        .contains("STATUS: deployed", "covers all namespaces", "Callers show a bearer token");
  }

  /** Or else the test above would tell nothing. */
  @Test
  void wouldShowAWarning() throws IOException {
    Path values = Files.writeString(folder.resolve("careless.yaml"), CARELESS);

    Helm.Printed printed =
        helm("install", "careless", "--set=crd.install=false", "--values=" + values);

    assertThat(printed.errors()).contains("would violate PodSecurity");
    helm.run(cluster, "uninstall", "careless", "--namespace=" + tools.name());
  }

  /** With the rights that RBAC gives it; all restarts here happen with the fence in force. */
  private String changesOfTheImage() {
    try {
      return cluster
          .kubectl()
          .in(namespace)
          .as(Policies.account(tools))
          .run(
              "patch",
              "deployment",
              "fenced",
              "--type=json",
              "--dry-run=server",
              "--patch=[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\","
                  + " \"value\": \"example.com/evil:1\"}]");
    } catch (ClusterFailure failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  void runsTwoReplicasWithABudget() {
    Kubectl kubectl = tools.kubectl();

    assertThat(kubectl.run("get", "deployment", "reprise", "-o=jsonpath={.status.readyReplicas}"))
        .isEqualTo("2");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> kubectl.run("get", "pdb", "reprise", "-o=jsonpath={.status.disruptionsAllowed}"),
            "1"::equals);
  }

  static Stream<Manifest> kinds() {
    return Stream.of(deployment("web"), statefulSet("db"), daemonSet("agent"), rollout("canary"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void restartsWithTheRightsOfItsAccount(Manifest manifest) {
    workloads.create(manifest);
    Set<String> before = workloads.podUidsOf(manifest.name());

    Answer ended = caller.restartAndWait(namespace, manifest.kind(), manifest.name());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(workloads.podUidsOf(manifest.name())).doesNotContainAnyElementsOf(before);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void evictsWithTheRightsOfItsAccount(Manifest manifest) {
    Manifest evicted = manifest.named(manifest.name() + "-evicted");
    workloads.create(evicted);

    Answer ended =
        caller.ended(
            caller.post(
                namespace,
                "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"RecreatePods\"}"
                    .formatted(evicted.kind(), evicted.name()),
                "Prefer",
                "wait=50"));

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void cancelsWithTheRightsOfItsAccount(Manifest manifest) {
    Manifest slow = manifest.named(manifest.name() + "-slow").pods("ready-after", "4s");
    workloads.create(slow);
    Answer begun = caller.begin(namespace, slow.kind(), slow.name());

    Answer cancelled = caller.cancel(begun.location());

    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(caller.awaitEnd(begun.location()).text("phase")).isEqualTo("Cancelled");
  }

  /** Of what refers to a Secret, which the account may not read. */
  @Test
  void restartsAGroupWithTheRightsOfItsAccount() {
    new Reloaded(workloads)
        .create(
            deployment("rotated").replicas(1),
            "",
            "secretRef: {name: certificate, optional: true}");

    Answer ended =
        caller.ended(caller.post(namespace, "{\"uses\": {\"secret\": \"certificate\"}}"));

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("rotated")).hasSize(2);
    assertThatThrownBy(
            () -> cluster.kubectl().in(namespace).as(Policies.account(tools)).run("get", "secrets"))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("cannot list resource \"secrets\"");
  }

  @Test
  void looksWithTheRightsOfItsAccount() {
    workloads.create(deployment("seen"));
    Answer restarted = caller.restartAndWait(namespace, "Deployment", "seen");

    assertThat(Caller.names(caller.get("/restarts").body())).contains(restarted.text("name"));
    assertThat(Caller.names(caller.get("/namespaces/" + namespace + "/workloads").body()))
        .contains("seen");
    assertThat(
            caller
                .get("/namespaces/" + namespace + "/workloads/deployment/seen")
                .body()
                .findValuesAsString("code"))
        .doesNotContain("NotChecked");
    assertThat(
            caller
                .dryRun(namespace, "{\"kind\": \"Deployment\", \"name\": \"seen\"}")
                .body()
                .path("requests")
                .findValuesAsString("verdict"))
        .isNotEmpty()
        .containsOnly("Accepted");
    assertThat(caller.restart(namespace, "Deployment", "nowhere").text("code"))
        .isEqualTo("WorkloadNotFound");
  }

  /** Helm itself never upgrades what is in a chart's {@code crds/}. */
  @Test
  void upgradesAndRollsBackWithTheDefinition() throws IOException {
    workloads.create(deployment("lasting"));
    Answer restarted = caller.restartAndWait(namespace, "Deployment", "lasting");
    Path newer = folder.resolve("newer");
    FileSystemUtils.copyRecursively(Chart.FOLDER, newer);
    Path definition = newer.resolve("files/restarts-crd.yaml");
    Files.writeString(
        definition,
        Files.readString(definition).replace("shortNames: [rst]", "shortNames: [rst, rsts]"));

    helm("upgrade", "reprise", "--set=changeCause=true", "--wait", "--timeout=3m");
    Helm.Printed upgraded =
        helm.run(
            cluster,
            "upgrade",
            "reprise",
            newer.toString(),
            "--namespace=" + tools.name(),
            "--reset-then-reuse-values",
            "--set=traces.endpoint=http://collector:4318/v1/traces",
            "--wait",
            "--timeout=3m");

    assertThat(upgraded.errors()).isEmpty();
    assertThat(shortNames()).contains("rsts");
    assertThat(environment()).contains("REPRISE_KUBERNETES_CHANGECAUSE", TRACES);

    helm.run(
        cluster, "rollback", "reprise", "--namespace=" + tools.name(), "--wait", "--timeout=3m");

    assertThat(shortNames()).contains("rst").doesNotContain("rsts");
    assertThat(environment()).contains("REPRISE_KUBERNETES_CHANGECAUSE").doesNotContain(TRACES);
    assertThat(Caller.names(caller.get("/restarts").body())).contains(restarted.text("name"));
  }

  private String shortNames() {
    return cluster
        .kubectl()
        .run("get", "crd", "restarts.reprise.dev", "-o=jsonpath={.spec.names.shortNames}");
  }

  private String environment() {
    return tools
        .kubectl()
        .run(
            "get",
            "deployment",
            "reprise",
            "-o=jsonpath={.spec.template.spec.containers[0].env[*].name}");
  }

  @Test
  void leavesTheDefinitionAndItsRestartsBehind() {
    workloads.create(deployment("kept"));
    Answer restarted = caller.restartAndWait(namespace, "Deployment", "kept");
    helm("install", "another", "--take-ownership", "--set=namespaces={" + namespace + "}");

    Helm.Printed printed =
        helm.run(cluster, "uninstall", "another", "--namespace=" + tools.name(), "--wait");

    assertThat(printed.output())
        .contains("kept due to the resource policy", "restarts.reprise.dev");
    assertThat(workloads.kubectl("get", "restarts", "-o=name"))
        .contains("restart.reprise.dev/" + restarted.text("name"));
    assertThat(tools.kubectl().run("get", "deployments,roles", "-o=name"))
        .doesNotContain("another");
  }

  /** The same release with {@code reload.enabled}, which gives the account more rights. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class WithReload {

    @BeforeAll
    void upgrade() {
      helm("upgrade", "reprise", "--set=reload.enabled=true", "--wait", "--timeout=3m");
      service.close();
      start(true);
    }

    @Test
    void reloadsWithTheRightsOfItsAccount() {
      Reloaded reloaded = new Reloaded(workloads);
      reloaded.secret("changing", "one");
      reloaded.create(
          deployment("changed"), "reprise.dev/reload: auto", "secretRef: {name: changing}");

      reloaded.secret("changing", "two");

      JsonNode restart = reloaded.awaitEnded("Deployment", "changed", 1).getFirst();
      assertThat(Reloaded.phase(restart)).as(restart.toString()).isEqualTo("Succeeded");
    }

    @Test
    void tellsWithTheRightsOfItsAccountWhyItDoesNotReload() {
      Reloaded reloaded = new Reloaded(workloads);
      reloaded.secret("downing", "one");
      reloaded.create(
          statefulSet("down").replicas(1),
          "reprise.dev/reload: auto",
          "secretRef: {name: downing}");

      reloaded.secret("downing", "two");

      reloaded.awaitEvent("down", "Secret downing changed");
    }
  }
}
