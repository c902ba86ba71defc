package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Kubectl;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What the fence lets the service's own account do to workloads. The account has every right of the
 * namespace here, so that nothing but the fence keeps it from anything. That real restarts pass,
 * the installed chart shows.
 */
@ClusterTest
@EnabledIf("dev.reprise.testcluster.Helm#possible")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FenceClusterTests {

  private static final List<Manifest> WORKLOADS =
      List.of(deployment("web"), statefulSet("db"), daemonSet("agent"), rollout("canary"));

  private Namespace namespace;
  private Policies fence;
  private Kubectl account;

  @BeforeAll
  void putUp(TestCluster cluster, Namespace own) {
    namespace = own;
    String name = Policies.account(own);
    own.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: everything}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: '%s'}]
        """
            .formatted(name));
    WORKLOADS.forEach(workload -> own.apply(workload.yaml()));
    fence = Policies.apply(cluster.kubectl(), own, "-fence");
    account = own.kubectl().as(name);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> isRefused(List.of("label", "deployment", "web", "a=b", "--dry-run=server")));
  }

  private boolean isRefused(List<String> words) {
    try {
      account.run("", words);
      return false;
    } catch (ClusterFailure failure) {
      return String.valueOf(failure.getMessage()).contains("ValidatingAdmissionPolicy");
    }
  }

  @AfterAll
  void takeDown() {
    if (fence != null) {
      fence.close();
    }
  }

  private record Write(String what, List<String> words) {

    static Write merge(String what, String patch) {
      return new Write(what, List.of("patch", "KIND", "NAME", "--type=merge", "--patch=" + patch));
    }

    List<String> of(Manifest workload) {
      return Stream.concat(words.stream(), Stream.of("--dry-run=server"))
          .map(word -> word.replace("KIND", workload.kind()).replace("NAME", workload.name()))
          .toList();
    }
  }

  private static final String TEMPLATE = "{\"spec\": {\"template\": %s}}";

  private static final List<Write> OURS =
      List.of(
          Write.merge(
              "a restart",
              """
              {"metadata": {"annotations":
                 {"reprise.dev/restart": "web-1", "kubernetes.io/change-cause": "why"}},
               "spec": {"template": {"metadata": {"annotations":
                 {"kubectl.kubernetes.io/restartedAt": "2026-11-24T10:00:00Z"}}}}}
              """),
          Write.merge(
              "a claim", "{\"metadata\": {\"annotations\": {\"reprise.dev/restart\": \"x\"}}}"),
          Write.merge(
              "taking back",
              TEMPLATE.formatted(
                  "{\"metadata\": {\"annotations\": {\"kubectl.kubernetes.io/restartedAt\": null}}}")));

  private static final List<Write> CLOSED =
      List.of(
          Write.merge(
              "the image",
              TEMPLATE.formatted(
                  "{\"spec\": {\"containers\": [{\"name\": \"app\", \"image\": \"example.com/app:2\"}]}}")),
          Write.merge(
              "the pods' account",
              TEMPLATE.formatted("{\"spec\": {\"serviceAccountName\": \"x\"}}")),
          Write.merge(
              "a pod's label", TEMPLATE.formatted("{\"metadata\": {\"labels\": {\"a\": \"b\"}}}")),
          Write.merge(
              "a pod's annotation",
              TEMPLATE.formatted("{\"metadata\": {\"annotations\": {\"a\": \"b\"}}}")),
          Write.merge("a field of the spec", "{\"spec\": {\"minReadySeconds\": 7}}"),
          Write.merge("a field taken away", "{\"spec\": {\"revisionHistoryLimit\": 3}}"),
          Write.merge("a label", "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}"),
          Write.merge("an annotation", "{\"metadata\": {\"annotations\": {\"a\": \"b\"}}}"),
          Write.merge(
              "what the owner lets be done",
              "{\"metadata\": {\"annotations\": {\"reprise.dev/restart-policy\": \"Deny\"}}}"),
          Write.merge("a finalizer", "{\"metadata\": {\"finalizers\": [\"example.com/x\"]}}"),
          Write.merge(
              "an owner",
              """
              {"metadata": {"ownerReferences":
                 [{"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "u-1"}]}}
              """),
          new Write(
              "the status",
              List.of(
                  "patch",
                  "KIND",
                  "NAME",
                  "--subresource=status",
                  "--type=merge",
                  "--patch={\"status\": {\"collisionCount\": 1}}")),
          new Write("a deletion", List.of("delete", "KIND", "NAME")));

  private static final Write REPLICAS = Write.merge("replicas", "{\"spec\": {\"replicas\": 7}}");
  private static final Write SCALE =
      new Write("the scale", List.of("scale", "KIND", "NAME", "--replicas=7"));

  @TestFactory
  Stream<DynamicTest> letsOurOwnWritesPass() {
    return each(
        OURS, words -> assertThatCode(() -> account.run("", words)).doesNotThrowAnyException());
  }

  @Test
  void letsARestartOfARolloutPass() {
    assertThatCode(() ->
            account.run(
                "patch",
                "rollout",
                "canary",
                "--type=merge",
                "--patch={\"spec\": {\"restartAt\": \"2026-11-24T10:00:00Z\"}}",
                "--dry-run=server"))
        .doesNotThrowAnyException();
  }

  @TestFactory
  Stream<DynamicTest> deniesEverythingElse() {
    return Stream.concat(
        each(CLOSED, this::assertDenied),
        WORKLOADS.stream()
            .filter(workload -> !workload.kind().equals("DaemonSet"))
            .flatMap(workload ->
                Stream.of(REPLICAS, SCALE)
                    .map(write -> test(workload, write, this::assertDenied))));
  }

  /** Or else the tests above would tell nothing. */
  @TestFactory
  Stream<DynamicTest> leavesEverybodyElseAlone() {
    Kubectl owner = namespace.kubectl();
    return each(
        CLOSED, words -> assertThatCode(() -> owner.run("", words)).doesNotThrowAnyException());
  }

  @Test
  void deniesANewWorkload() {
    for (Manifest workload : WORKLOADS) {
      assertThatThrownBy(() ->
              account.run(
                  workload.named("another").yaml(),
                  List.of("create", "--dry-run=server", "-f", "-")))
          .hasMessageContaining("denied request: Reprise makes and deletes no workloads");
    }
  }

  @Test
  void deniesAReferringRolloutATemplateOfItsOwn() {
    namespace.apply(Manifest.referring("referring", deployment("web"), 0, "{canary: {}}"));

    assertDenied(
        List.of(
            "patch",
            "rollout",
            "referring",
            "--type=merge",
            "--patch=" + TEMPLATE.formatted("{\"metadata\": {\"annotations\": {}}}"),
            "--dry-run=server"));
  }

  /** The API server stops a policy that takes too long, and would then deny our restarts too. */
  @Test
  void isCheapEnoughForTheLargestWorkloads() {
    String environment =
        IntStream.range(0, 8000)
            .mapToObj("{name: VARIABLE_%d, value: some more of it}"::formatted)
            .collect(Collectors.joining(", "));
    String annotations =
        IntStream.range(0, 2000)
            .mapToObj("example.com/annotation-%d: some more of it"::formatted)
            .collect(Collectors.joining(", "));
    namespace
        .kubectl()
        .run(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: large, annotations: {%1$s}}
            spec:
              replicas: 0
              selector: {matchLabels: {app: large}}
              template:
                metadata: {labels: {app: large}, annotations: {%1$s}}
                spec: {containers: [{name: app, image: example.com/app:1, env: [%2$s]}]}
            """
                .formatted(annotations, environment),
            List.of("create", "-f", "-"));
    Manifest large = deployment("large");

    assertThatCode(() -> account.run("", OURS.getFirst().of(large))).doesNotThrowAnyException();
    assertDenied(CLOSED.getFirst().of(large));
  }

  /** What the controller manager finds when it holds the policy against the kinds' schemas. */
  @Test
  void isRightForTheTypesOfAllKinds() {
    String policy = fence.objects().getFirst();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> fence.kubectl().run("get", policy, "-o=jsonpath={.status.observedGeneration}"),
            "1"::equals);

    assertThat(fence.kubectl().run("get", policy, "-o=jsonpath={.status.typeChecking}"))
        .isIn("", "{}");
  }

  private Stream<DynamicTest> each(List<Write> writes, Consumer<List<String>> check) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Manifest workload : WORKLOADS) {
      writes.forEach(write -> tests.add(test(workload, write, check)));
    }
    return tests.stream();
  }

  private static DynamicTest test(Manifest workload, Write write, Consumer<List<String>> check) {
    return dynamicTest(
        workload.kind() + ": " + write.what(), () -> check.accept(write.of(workload)));
  }

  private void assertDenied(List<String> words) {
    assertThatThrownBy(() -> account.run("", words))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("-fence' denied request: Reprise");
  }
}
