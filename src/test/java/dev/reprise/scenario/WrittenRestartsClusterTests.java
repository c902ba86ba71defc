package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Kubectl;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What somebody can do by writing Restarts with kubectl who may restart one Deployment, {@code
 * web}. They have every right to Restarts themselves, so that nothing but the policy keeps them
 * from anything.
 */
@ClusterTest
@EnabledIf("dev.reprise.testcluster.Helm#possible")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrittenRestartsClusterTests {

  private Namespace namespace;
  private Workloads workloads;
  private Policies policy;
  private Service service;
  private Kubectl bob;
  private Kubectl ours;

  @BeforeAll
  void layOut(TestCluster cluster, Namespace own, @TempDir Path folder) {
    namespace = own;
    workloads = new Workloads(own);
    Service.install(cluster);
    own.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: web-alone}
        rules:
        - {apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: [restart]}
        - {apiGroups: [reprise.dev], resources: [restarts, restarts/status], verbs: ['*']}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: web-alone}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web-alone}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: bob}]
        """);
    workloads.create(deployment("web"));
    workloads.create(deployment("api"));
    // Who is told of a token, and of a right, is told by the API server; as the chart has it.
    cluster
        .kubectl()
        .run(
            "create",
            "clusterrolebinding",
            own.name(),
            "--clusterrole=system:auth-delegator",
            "--user=" + Policies.account(own));
    policy = Policies.apply(cluster.kubectl(), own, "-restarts");
    service =
        Service.startUnready(
            Account.create(cluster, own, "reprise", Account.rulesOfTheChart(), folder),
            own.name(),
            "--reprise.authentication.mode=kubernetes");
    service.caller().awaitReady();
    ours = own.kubectl().as(Policies.account(own));
    bob = own.kubectl().as("bob", "developers", "system:authenticated");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> isDenied(() -> dryRun("{kind: Deployment, name: api}")));
  }

  private static boolean isDenied(Runnable write) {
    try {
      write.run();
      return false;
    } catch (ClusterFailure failure) {
      return String.valueOf(failure.getMessage()).contains("-restarts' denied request");
    }
  }

  @AfterAll
  void takeDown() {
    if (service != null) {
      service.close();
    }
    if (policy != null) {
      policy.close();
    }
  }

  @Test
  void restartsWhatTheWriterMayRestart() {
    Set<String> before = workloads.podUidsOf("web");

    write(
        "allowed", "{kind: Deployment, name: web, requestedBy: {user: bob, groups: [developers]}}");

    bob.run("wait", "restart/allowed", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=3m");
    assertThat(workloads.podUidsOf("web")).doesNotContainAnyElementsOf(before);
  }

  @Test
  void restartsOfAGroupWhatItsWriterMayRestart() {
    Set<String> before = workloads.podUidsOf("web");
    String api = workloads.writtenOf("deployment", "api");

    write("everything", "{all: true, requestedBy: {user: bob}}");

    bob.run(
        "wait", "restart/everything", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=3m");
    assertThat(workloads.podUidsOf("web")).doesNotContainAnyElementsOf(before);
    assertThat(workloads.writtenOf("deployment", "api")).isEqualTo(api);
  }

  @Test
  void cancelsWhatTheWriterMayRestart() {
    write(
        "taken-back",
        "{kind: Deployment, name: web, notBefore: '2099-01-01T00:00:00Z', requestedBy: {user: bob}}");

    cancel("taken-back");

    bob.run(
        "wait", "restart/taken-back", "--for=jsonpath={.status.phase}=Cancelled", "--timeout=3m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {kind: Deployment, name: web}                                                  | spec.requestedBy.user must be who writes it: bob
          {kind: Deployment, name: web, requestedBy: {user: eve}}                        | spec.requestedBy.user must be who writes it: bob
          {all: true, requestedBy: {user: eve}}                                          | spec.requestedBy.user must be who writes it: bob
          {kind: Deployment, name: web, requestedBy: {user: bob, groups: ['system:masters']}} | must be groups of who writes it
          {kind: Deployment, name: api, requestedBy: {user: bob}}                        | bob may not restart the Deployment api
          {kind: StatefulSet, name: web, requestedBy: {user: bob}}                       | bob may not restart the StatefulSet web
          {kind: DaemonSet, name: web, requestedBy: {user: bob}}                         | bob may not restart the DaemonSet web
          {kind: Rollout, name: web, requestedBy: {user: bob}}                           | bob may not restart the Rollout web
          {kind: Deployment, name: web, requestedBy: {user: bob}, fingerprint: f-1}      | spec.group, spec.fingerprint and spec.reload
          {kind: Deployment, name: web, requestedBy: {user: bob}, group: {name: g, uid: u-1}} | spec.group, spec.fingerprint and spec.reload
          {kind: Deployment, name: web, requestedBy: {user: bob}, reload: {workloadUID: u-1, number: 9, key: k, contents: [], baseline: true}} | spec.group, spec.fingerprint and spec.reload
          """)
  void deniesWhatTheServiceWouldDeny(String spec, String message) {
    assertDenied(() -> dryRun(spec), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          annotations: {reprise.dev/x: 'y'} | metadata.annotations
          labels: {reprise.dev/x: 'y'}      | metadata.labels
          ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: x, uid: u-1}] | metadata.ownerReferences
          """)
  void deniesMetadataOfOurs(String metadata, String message) {
    String spec = "{kind: Deployment, name: web, requestedBy: {user: bob}}";

    assertDenied(() -> bob.run(restart("marked", metadata, spec), dryCreate()), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"annotations": {"reprise.dev/x": "y"}}        | metadata.annotations
          {"annotations": {"reprise.dev/ours": "other"}} | metadata.annotations
          {"annotations": {"reprise.dev/ours": null}}    | metadata.annotations
          {"labels": {"reprise.dev/x": "y"}}             | metadata.labels
          {"labels": {"reprise.dev/ours": "other"}}      | metadata.labels
          {"labels": {"reprise.dev/ours": null}}         | metadata.labels
          {"ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "u-1"}]} | metadata.ownerReferences
          """)
  void deniesChangingMetadataOfOurs(String change, String message) {
    ours.run(
        restart(
            "ours",
            "labels: {reprise.dev/ours: 'yes'}, annotations: {reprise.dev/ours: 'yes'}",
            "{kind: Deployment, name: web, notBefore: '2099-01-01T00:00:00Z', requestedBy: {user: bob}}"),
        List.of("apply", "-f", "-"));

    assertDenied(
        () ->
            bob.run(
                "patch",
                "restart",
                "ours",
                "--type=merge",
                "--dry-run=server",
                "--patch={\"metadata\": " + change + "}"),
        message);
  }

  /** An administrator, too: whoever may write there otherwise decides for the leader. */
  @Test
  void deniesAStatusThatTheServiceHasNotWritten() {
    write(
        "forged",
        "{kind: Deployment, name: web, notBefore: '2099-01-01T00:00:00Z', requestedBy: {user: bob}}");

    for (Kubectl writer : List.of(bob, namespace.kubectl())) {
      assertDenied(
          () ->
              writer.run(
                  "patch",
                  "restart",
                  "forged",
                  "--subresource=status",
                  "--type=merge",
                  "--patch={\"status\": {\"phase\": \"Succeeded\"}}"),
          "the status of a Restart is written by Reprise alone");
    }
  }

  @Test
  void deniesCancellingWhatTheWriterMayNotRestart() {
    ours.run(
        restart(
            "of-somebody",
            "",
            "{kind: Deployment, name: api, notBefore: '2099-01-01T00:00:00Z', requestedBy: {user: eve}}"),
        List.of("create", "-f", "-"));

    assertDenied(() -> cancel("of-somebody"), "bob may not restart the Deployment api");
    bob.run("label", "restart", "of-somebody", "example.com/seen=yes");
  }

  @Test
  void deniesCancellingTheGroupOfSomebodyElse() {
    ours.run(
        restart(
            "group-of-somebody",
            "",
            "{all: true, notBefore: '2099-01-01T00:00:00Z', requestedBy: {user: eve}}"),
        List.of("create", "-f", "-"));

    assertDenied(() -> cancel("group-of-somebody"), "a group is cancelled by who asked for it");
  }

  @Test
  void givesNoRightToTheWorkloadItself() {
    assertThatThrownBy(() -> bob.run("rollout", "restart", "deployment/web"))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("forbidden");
  }

  private void write(String name, String spec) {
    bob.run(restart(name, "", spec), List.of("create", "-f", "-"));
  }

  private void dryRun(String spec) {
    bob.run(restart("denied", "", spec), dryCreate());
  }

  private static List<String> dryCreate() {
    return List.of("create", "--dry-run=server", "-f", "-");
  }

  private void cancel(String name) {
    bob.run("patch", "restart", name, "--type=merge", "--patch={\"spec\": {\"cancel\": true}}");
  }

  private static String restart(String name, String metadata, String spec) {
    return "{apiVersion: reprise.dev/v1, kind: Restart, metadata: {name: %s, %s}, spec: %s}"
        .formatted(name, metadata, spec);
  }

  private static void assertDenied(ThrowingCallable write, String message) {
    assertThatThrownBy(write)
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining("-restarts' denied request")
        .hasMessageContaining(message);
  }
}
