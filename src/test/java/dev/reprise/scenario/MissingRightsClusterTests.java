package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reprise.chart.Chart;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Helm;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/**
 * The service with all rights that the chart gives but one, for each of them. It has to name the
 * one: whoever installs it with rights of their own then need not guess.
 */
@ClusterTest
@EnabledIf("dev.reprise.testcluster.Helm#possible")
@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingRightsClusterTests {

  /**
   * What no answer rests on, or what only a leader needs: the log tells of these, and of deletes.
   */
  private static final Set<String> MAYBE_TOLD_BY_THE_LOG_ALONE =
      Set.of(
          "events",
          "leases",
          "namespaces",
          "replicasets",
          "controllerrevisions",
          "pods",
          "restarts/status",
          "configmaps",
          "secrets");

  private static final String ACCOUNT = "limited";

  private static final String CLAIM =
      """
      {"spec": {"template": {"spec":
        {"volumes": [{"name": "a", "persistentVolumeClaim": {"claimName": "a"}}]}}}}
      """;

  private Path folder;
  private TestCluster cluster;
  private Namespace namespace;
  private List<Right> rights;
  private int started;

  @BeforeAll
  void layOut(TestCluster shared, Namespace own, @TempDir Path temporary) {
    folder = temporary;
    cluster = shared;
    namespace = own;
    Service.install(cluster);
    Workloads workloads = new Workloads(own);
    Stream.of(deployment("web"), statefulSet("db"), daemonSet("agent"), rollout("canary"))
        .forEach(workloads::create);
    workloads.createWell(deployment("stuck").pods("pod", "never-ready"));
    own.apply(deployment("keeper").replicas(1).yaml());
    workloads.kubectl("patch", "deployment", "keeper", "--patch=" + CLAIM);
    Reloaded reloaded = new Reloaded(workloads);
    reloaded.configMap("settings", "one");
    reloaded.secret("password", "one");
    reloaded.apply(
        deployment("configured"),
        "reprise.dev/reload: auto",
        "configMapRef: {name: settings}}, {secretRef: {name: password}");
    List<JsonNode> rendered =
        Chart.rendered(
            Helm.ready(),
            "--set=namespaces={" + namespace.name() + "}",
            "--set=reload.enabled=true");
    List<Right> granted =
        rendered.stream()
            .filter(object -> object.path("kind").asString("").equals("Role"))
            .flatMap(role -> role.path("rules").valueStream())
            .flatMap(Right::in)
            .toList();
    rights = granted.stream().distinct().toList();
    // The key of the hashes is a Secret as those are that it hashes; nothing else is granted twice.
    assertThat(rights).hasSizeGreaterThan(30).hasSize(granted.size() - 1);
  }

  private record Right(String group, String resource, String verb) {

    static Stream<Right> in(JsonNode rule) {
      return rule.path("apiGroups")
          .valueStream()
          .flatMap(group ->
              rule.path("resources")
                  .valueStream()
                  .flatMap(resource ->
                      rule.path("verbs")
                          .valueStream()
                          .map(verb ->
                              new Right(group.asString(), resource.asString(), verb.asString()))));
    }

    String rule() {
      return "- {apiGroups: ['%s'], resources: ['%s'], verbs: [%s]}\n"
          .formatted(group, resource, verb);
    }

    /** As the API server says it. */
    String refusal(String namespace) {
      return "User \"system:serviceaccount:%s:%s\" cannot %s resource \"%s\" in API group \"%s\""
          .formatted(namespace, ACCOUNT, verb, resource, group);
    }

    boolean mayBeToldByTheLogAlone() {
      return verb.equals("delete") || MAYBE_TOLD_BY_THE_LOG_ALONE.contains(resource);
    }

    @Override
    public String toString() {
      return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
  }

  /** Rights that are used anew by each request; one that runs already shows it. */
  @TestFactory
  Stream<DynamicTest> namesTheRightThatIsMissing(CapturedOutput output) {
    Service service = startWith(rights);
    service.caller().awaitReady();
    return rights.stream()
        .filter(right -> !isUsedAtTheStart(right))
        .map(right ->
            dynamicTest(
                right.toString(),
                () -> {
                  grant(allBut(right));
                  awaitTold(service, right, output);
                }))
        .onClose(service::close);
  }

  /** A watch that is open goes on without the right to it, and a Lease is made once. */
  @TestFactory
  Stream<DynamicTest> namesTheRightThatIsMissingAtItsStart(CapturedOutput output) {
    return rights.stream()
        .filter(this::isUsedAtTheStart)
        .map(right ->
            dynamicTest(
                right.toString(),
                () -> {
                  try (Service service = startWith(allBut(right))) {
                    awaitTold(service, right, output);
                  }
                }));
  }

  private boolean isUsedAtTheStart(Right right) {
    return isWatched(right)
        || right.equals(new Right("coordination.k8s.io", "leases", "create"))
        // What is configured is read once, and the key of its hashes made once.
        || Set.of("configmaps", "secrets").contains(right.resource());
  }

  private boolean isWatched(Right right) {
    return Set.of("list", "watch").contains(right.verb())
        && rights.contains(new Right(right.group(), right.resource(), "watch"));
  }

  private List<Right> allBut(Right missing) {
    return rights.stream().filter(right -> !right.equals(missing)).toList();
  }

  private Service startWith(List<Right> granted) {
    return Service.startUnready(
        grant(granted),
        namespace.name(),
        // Not to wait for the one before.
        "--reprise.leader.name=" + ACCOUNT + "-" + ++started,
        "--reprise.reload.enabled=true",
        "--reprise.kubernetes.deadline=2s");
  }

  private Path grant(List<Right> granted) {
    String rules = granted.stream().map(Right::rule).reduce("", String::concat);
    return Account.createExactly(cluster, namespace, ACCOUNT, rules, folder);
  }

  private void awaitTold(Service service, Right missing, CapturedOutput output) {
    String refusal = missing.refusal(namespace.name());
    if (missing.verb().equals("delete")) {
      leaveAnOldOne();
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() ->
            (missing.mayBeToldByTheLogAlone()
                    && output.getAll().replace("\\\"", "\"").contains(refusal))
                || isTold(service.caller(), refusal));
  }

  /** A Restart that has ended so long ago that it is cleared away. */
  private void leaveAnOldOne() {
    namespace.apply(
        """
        apiVersion: reprise.dev/v1
        kind: Restart
        metadata: {name: old}
        spec: {kind: Deployment, name: web}
        """);
    namespace
        .kubectl()
        .run(
            "patch",
            "restart",
            "old",
            "--subresource=status",
            "--type=merge",
            "--patch={\"status\": {\"phase\": \"Succeeded\", \"reason\": \"AllPodsReplaced\","
                + " \"message\": \"\", \"finishedAt\": \"2020-01-01T00:00:00Z\"}}");
  }

  /** Asks for one thing after the other until an answer has these words. */
  private boolean isTold(Caller caller, String words) {
    return Stream.<Supplier<Answer>>of(
            () -> caller.get("/readyz"),
            () -> caller.get(path("/workloads/deployment/web")),
            () -> caller.get(path("/workloads/deployment/keeper")),
            () -> dryRun(caller, "Deployment", "web", "NewRevision"),
            () -> dryRun(caller, "Deployment", "web", "RecreatePods"),
            () -> dryRun(caller, "StatefulSet", "db", "NewRevision"),
            () -> dryRun(caller, "DaemonSet", "agent", "NewRevision"),
            () -> dryRun(caller, "Rollout", "canary", "NewRevision"),
            () -> caller.get(path("/restarts/nowhere")),
            () -> caller.restart(namespace.name(), "Deployment", "nowhere"),
            () -> cancelled(caller),
            // Short of pods for a moment, and somebody looks why.
            () -> caller.restart(namespace.name(), "StatefulSet", "db", "Prefer", "wait=10"))
        .map(Supplier::get)
        .anyMatch(answer -> spoken(answer.body()).contains(words));
  }

  private Answer cancelled(Caller caller) {
    Answer begun =
        caller.post(
            namespace.name(),
            "{\"kind\": \"Deployment\", \"name\": \"stuck\", \"whenBusy\": \"Supersede\"}");
    return begun.status() == 202 ? caller.cancel(begun.location()) : begun;
  }

  private Answer dryRun(Caller caller, String kind, String name, String strategy) {
    return caller.dryRun(
        namespace.name(),
        "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"%s\"}"
            .formatted(kind, name, strategy));
  }

  private String path(String what) {
    return "/namespaces/" + namespace.name() + what;
  }

  /** The texts of an answer as a person reads them. */
  private static String spoken(JsonNode body) {
    return body.isNull() ? "" : body.toString().replace("\\\"", "\"");
  }
}
