package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a restart would come to, as the real API server has its say in it. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DryRunClusterTests {

  /** All that the chart grants, but not these three. */
  private static final String FEWER_RIGHTS =
      Account.rulesOfTheChart()
              .replace(
                  "resources: [deployments, statefulsets, daemonsets]",
                  "resources: [statefulsets, daemonsets]")
              .replace("resourcequotas, ", "")
              .replace("[poddisruptionbudgets]", "[none]")
          + "- {apiGroups: [apps], resources: [deployments], verbs: [get, list, watch]}";

  private Service service;
  private Service limited;
  private Workloads workloads;
  private Namespace namespace;

  /** Neither a policy nor a quota is about what is there already. */
  @BeforeAll
  void start(TestCluster cluster, Namespace own, @TempDir Path folder) {
    namespace = own;
    workloads = new Workloads(own);
    service = Service.start(cluster, own);
    Path account = Account.create(cluster, own, "limited", FEWER_RIGHTS, folder);
    limited = Service.startUnready(account, own.name());
    limited.caller().awaitReady();
    workloads.create(deployment("web"));
    workloads.create(deployment("frozen"));
    workloads.create(deployment("guarded"));
    workloads.create(statefulSet("db"));
    workloads.create(daemonSet("agent"));
    workloads.create(rollout("canary"));
    namespace.apply(deployment("referred").replicas(0).yaml());
    namespace.apply(REFERRING);
    workloads.awaitAvailable("Rollout", "referring", 2);
    namespace.apply(FREEZE.formatted(own.name()));
    namespace.apply(AROUND);
  }

  private static final String REFERRING =
"""
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: referring}
spec:
  replicas: 2
  selector: {matchLabels: {app: referred}}
  strategy: {canary: {}}
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: referred}
""";

  private static final String FREEZE =
"""
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: freeze-%1$s}
spec:
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
    resourceRules:
    - {apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}
  validations:
  - expression: object.metadata.name != 'frozen'
    message: the release freeze is on
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: freeze-%1$s}
spec: {policyName: freeze-%1$s, validationActions: [Deny]}
""";

  private static final String AROUND =
"""
apiVersion: v1
kind: ResourceQuota
metadata: {name: full}
spec: {hard: {pods: "0"}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  minReplicas: 3
  maxReplicas: 9
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: guarded}
spec: {minAvailable: 3, selector: {matchLabels: {app: guarded}}}
""";

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
    if (limited != null) {
      limited.close();
    }
    workloads.kubectl(
        "delete",
        "validatingadmissionpolicy,validatingadmissionpolicybinding",
        "freeze-" + namespace.name(),
        "--ignore-not-found");
  }

  @ParameterizedTest
  @CsvSource({
    "Deployment, web, NewRevision, TemplateAnnotation, create patch",
    "Deployment, web, RecreatePods, Eviction, create patch create create create",
    "Deployment, referred, Auto, ReferencedTemplateAnnotation, create patch patch",
    "StatefulSet, db, NewRevision, TemplateAnnotation, create patch",
    "StatefulSet, db, RecreatePods, Eviction, create patch create create create",
    "DaemonSet, agent, NewRevision, TemplateAnnotation, create patch",
    "DaemonSet, agent, RecreatePods, Eviction, create patch create create create",
    "Rollout, canary, NewRevision, TemplateAnnotation, create patch",
    "Rollout, canary, RecreatePods, RestartAt, create patch",
    "Rollout, referring, NewRevision, ReferencedTemplateAnnotation, create patch patch",
    "Rollout, referring, RecreatePods, RestartAt, create patch"
  })
  void changesNothing(String kind, String name, String strategy, String mechanism, String verbs) {
    // A controller may still write a status of its own meanwhile, but not for ever.
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> {
          List<String> before = state(kind, name);

          Answer answer = dryRun(service, kind, name, strategy);

          assertThat(answer.text("verdict")).as(answer.body().toString()).isEqualTo("Proceed");
          assertThat(answer.body().path("plan").path("mechanism").asString()).isEqualTo(mechanism);
          assertThat(each(answer, "verb")).containsExactly(verbs.split(" "));
          assertThat(each(answer, "verdict")).containsOnly("Accepted");
          assertThat(state(kind, name)).isEqualTo(before);
        });
    assertThat(workloads.kubectl("get", "restarts", "-o", "name")).isEmpty();
  }

  private List<String> state(String kind, String name) {
    String versions = "jsonpath={.items[*].metadata.resourceVersion}";
    String label = name.replace("referring", "referred");
    return List.of(
        workloads.kubectl("get", kind, name, "-o", "jsonpath={.metadata.resourceVersion}"),
        workloads.kubectl("get", "pods", "-l", "app=" + label, "-o", versions),
        workloads.kubectl("get", "deployments", "-l", "app=" + label, "-o", versions));
  }

  @Test
  void tellsWhatAdmissionDenies() {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() ->
            assertThat(dryRun(service, "Deployment", "frozen", "Auto").text("verdict"))
                .isEqualTo("Refused"));

    Answer answer = dryRun(service, "Deployment", "frozen", "Auto");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(each(answer, "verdict")).containsExactly("Accepted", "Refused");
    assertThat(answer.text("message")).contains("the release freeze is on");
    assertThat(answer.body().path("plan").path("verdict").asString()).isEqualTo("Proceed");
  }

  @Test
  void tellsWhichRightIsMissing() {
    Answer answer = dryRun(limited, "Deployment", "web", "Auto");

    assertThat(answer.text("verdict")).isEqualTo("Refused");
    assertThat(each(answer, "verdict")).containsExactly("Accepted", "Refused");
    assertThat(answer.text("message")).contains("cannot patch resource \"deployments\"");
  }

  @Test
  void tellsWhatItMayNotLookAt() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() ->
            assertThat(messages(dryRun(limited, "StatefulSet", "db", "Auto"), "NotChecked"))
                .satisfiesExactlyInAnyOrder(
                    message ->
                        assertThat(message).contains("cannot list resource \"resourcequotas\""),
                    message ->
                        assertThat(message)
                            .contains("cannot list resource \"poddisruptionbudgets\"")));
  }

  @Test
  void needsNoMoreRightsThanTheChartGrants() {
    Answer answer = dryRun(limited, "StatefulSet", "db", "Auto");

    assertThat(answer.text("verdict")).isEqualTo("Proceed");
    assertThat(each(answer, "verdict")).containsOnly("Accepted");
  }

  @Test
  void tellsWhatIsAroundTheWorkload() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          Answer answer = dryRun(service, "Deployment", "web", "Auto");
          assertThat(messages(answer, "Autoscaled"))
              .singleElement()
              .asString()
              .contains("HorizontalPodAutoscaler web", "between 3 and 9");
          assertThat(messages(answer, "QuotaMayStopSurge"))
              .singleElement()
              .asString()
              .contains("ResourceQuota full has no room of pods");
          assertThat(messages(answer, "NotChecked")).isEmpty();
        });
  }

  @Test
  void tellsThatABudgetHasNoRoomNow() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> {
          Answer answer = dryRun(service, "Deployment", "guarded", "RecreatePods");
          assertThat(answer.text("verdict")).isEqualTo("Proceed");
          assertThat(answer.body().path("plan").path("obstacle").asString())
              .isEqualTo("BudgetBlocksEviction");
          assertThat(each(answer, "verdict"))
              .containsExactly("Accepted", "Accepted", "NotNow", "NotNow", "NotNow");
        });
    assertThat(workloads.podUidsOf("guarded")).hasSize(3);
  }

  private Answer dryRun(Service asked, String kind, String name, String strategy) {
    return asked
        .caller()
        .dryRun(
            namespace.name(),
            "{\"kind\": \"%s\", \"name\": \"%s\", \"strategy\": \"%s\"}"
                .formatted(kind, name, strategy));
  }

  private static List<String> each(Answer answer, String field) {
    return answer
        .body()
        .path("requests")
        .valueStream()
        .map(request -> request.path(field).asString())
        .toList();
  }

  private static List<String> messages(Answer answer, String code) {
    return answer
        .body()
        .path("plan")
        .path("findings")
        .valueStream()
        .filter(finding -> finding.path("code").asString().equals(code))
        .map((JsonNode finding) -> finding.path("message").asString())
        .toList();
  }
}
