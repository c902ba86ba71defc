package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Workloads that are restarted when their configuration has changed. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadClusterTests {

  private static final Duration DEBOUNCE = Duration.ofSeconds(1);
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private Reloaded reloaded;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    service =
        Service.start(
            cluster, own, "--reprise.reload.enabled=true", "--reprise.reload.debounce=1s");
    caller = service.caller();
    workloads = new Workloads(own);
    reloaded = new Reloaded(workloads);
    namespace = own.name();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void restartsADeploymentByANewRevision() {
    reloaded.configMap("dep", "one");
    reloaded.create(deployment("dep"), "reprise.dev/reload: auto", "configMapRef: {name: dep}");

    Instant changed = reloaded.configMap("dep", "two");

    assertReloaded("Deployment", "dep", "TemplateAnnotation", changed, "ConfigMap dep changed");
    assertThat(workloads.replicaSetsOf("dep")).hasSize(2);
  }

  @Test
  void restartsAStatefulSetForASecretThatItsListNames() {
    reloaded.secret("set", "one");
    reloaded.create(
        statefulSet("set"),
        "reprise.dev/reload: 'configmap/none, secret/set'",
        "secretRef: {name: set}");

    Instant changed = reloaded.secret("set", "two");

    assertReloaded("StatefulSet", "set", "TemplateAnnotation", changed, "Secret set changed");
  }

  @Test
  void restartsADaemonSet() {
    reloaded.configMap("dae", "one");
    reloaded.create(daemonSet("dae"), "reprise.dev/reload: auto", "configMapRef: {name: dae}");

    Instant changed = reloaded.configMap("dae", "two");

    assertReloaded("DaemonSet", "dae", "TemplateAnnotation", changed, "ConfigMap dae changed");
  }

  @Test
  void restartsARolloutByANewRevisionWhenAskedTo() {
    reloaded.configMap("rol", "one");
    reloaded.create(
        rollout("rol"),
        "reprise.dev/reload: auto, reprise.dev/reload-strategy: NewRevision",
        "configMapRef: {name: rol}");

    Instant changed = reloaded.configMap("rol", "two");

    assertReloaded("Rollout", "rol", "TemplateAnnotation", changed, "ConfigMap rol changed");
    assertThat(workloads.revisionOf("rol")).isEqualTo("2");
  }

  @Test
  void restartsARolloutWithinItsRevisionWhenAskedTo() {
    reloaded.configMap("rec", "one");
    reloaded.create(
        rollout("rec"),
        "reprise.dev/reload: auto, reprise.dev/reload-strategy: RecreatePods",
        "configMapRef: {name: rec}");

    Instant changed = reloaded.configMap("rec", "two");

    assertReloaded("Rollout", "rec", "RestartAt", changed, "ConfigMap rec changed");
    assertThat(workloads.revisionOf("rec")).isEqualTo("1");
  }

  @Test
  void honoursWhatARolloutSaysThatRefersToADeployment() {
    reloaded.secret("ref", "one");
    reloaded.create(deployment("ref").replicas(0), "", "secretRef: {name: ref}");
    reloaded.createReferring(
        "ref-new",
        deployment("ref"),
        "reprise.dev/reload: auto, reprise.dev/reload-strategy: NewRevision");

    Instant changed = reloaded.secret("ref", "two");

    assertReloaded(
        "Rollout", "ref-new", "ReferencedTemplateAnnotation", changed, "Secret ref changed");
    assertThat(workloads.revisionOf("ref-new")).isEqualTo("2");
  }

  @Test
  void recreatesThePodsOfARolloutThatRefersToADeployment() {
    reloaded.secret("own", "one");
    reloaded.create(deployment("own").replicas(0), "", "secretRef: {name: own}");
    reloaded.createReferring(
        "own-pods",
        deployment("own"),
        "reprise.dev/reload: auto, reprise.dev/reload-strategy: RecreatePods");

    Instant changed = reloaded.secret("own", "two");

    assertReloaded("Rollout", "own-pods", "RestartAt", changed, "Secret own changed");
    assertThat(workloads.revisionOf("own-pods")).isEqualTo("1");
  }

  @Test
  void honoursWhatTheDeploymentSaysThatARolloutRefersTo() {
    reloaded.secret("lent", "one");
    reloaded.create(
        deployment("lent").replicas(0),
        "reprise.dev/reload: auto, reprise.dev/reload-strategy: NewRevision",
        "secretRef: {name: lent}");
    reloaded.createReferring("lent-new", deployment("lent"), "");

    Instant changed = reloaded.secret("lent", "two");

    assertReloaded(
        "Rollout", "lent-new", "ReferencedTemplateAnnotation", changed, "Secret lent changed");
  }

  @Test
  void recreatesPodsWhenTheDeploymentSaysSoThatARolloutRefersTo() {
    reloaded.secret("lentpods", "one");
    reloaded.create(
        deployment("lentpods").replicas(0),
        "reprise.dev/reload: auto, reprise.dev/reload-strategy: RecreatePods",
        "secretRef: {name: lentpods}");
    reloaded.createReferring("lent-pods", deployment("lentpods"), "");

    Instant changed = reloaded.secret("lentpods", "two");

    assertReloaded("Rollout", "lent-pods", "RestartAt", changed, "Secret lentpods changed");
  }

  @Test
  void restartsNothingForMetadataAlone() {
    reloaded.configMap("meta", "one");
    reloaded.create(deployment("meta"), "reprise.dev/reload: auto", "configMapRef: {name: meta}");

    workloads.kubectl("annotate", "configmap", "meta", "some=thing");
    workloads.kubectl("label", "configmap", "meta", "some=thing");
    awaitPassed();

    assertThat(reloaded.of("Deployment", "meta")).isEmpty();
    assertThat(workloads.replicaSetsOf("meta")).hasSize(1);
  }

  @Test
  void restartsNothingForAChangeThatIsTakenBackAtOnce() {
    reloaded.configMap("back", "one");
    reloaded.create(deployment("back"), "reprise.dev/reload: auto", "configMapRef: {name: back}");

    reloaded.each("ConfigMap", "back", Stream.of("two", "one"));
    awaitPassed();

    assertThat(reloaded.of("Deployment", "back")).isEmpty();
  }

  @Test
  void restartsTwiceForAChangeThereAndBack() {
    reloaded.configMap("aba", "a");
    reloaded.create(deployment("aba"), "reprise.dev/reload: auto", "configMapRef: {name: aba}");

    Instant first = reloaded.configMap("aba", "b");
    assertReloaded("Deployment", "aba", "TemplateAnnotation", first, "ConfigMap aba changed");
    reloaded.configMap("aba", "a");

    List<JsonNode> restarts = reloaded.awaitEnded("Deployment", "aba", 2);
    assertThat(restarts).allMatch(restart -> Reloaded.phase(restart).equals("Succeeded"));
    assertThat(workloads.replicaSetsOf("aba")).hasSize(3);
  }

  @Test
  void runsAChangeDuringARestartAfterIt() {
    reloaded.configMap("slow", "a");
    reloaded.create(
        deployment("slow").replicas(1).pods("ready-after", "6s"),
        "reprise.dev/reload: auto",
        "configMapRef: {name: slow}");

    reloaded.configMap("slow", "b");
    await().atMost(PATIENCE).until(() -> !reloaded.of("Deployment", "slow").isEmpty());
    reloaded.configMap("slow", "c");
    reloaded.configMap("slow", "d");

    List<JsonNode> restarts = reloaded.awaitEnded("Deployment", "slow", 2);
    awaitPassed();
    assertThat(restarts).allMatch(restart -> Reloaded.phase(restart).equals("Succeeded"));
    assertThat(reloaded.of("Deployment", "slow")).hasSize(2);
  }

  @Test
  void saysWhyItDoesNotRestartWhatWouldBeDown() {
    reloaded.secret("down", "one");
    reloaded.create(
        statefulSet("down").replicas(1), "reprise.dev/reload: auto", "secretRef: {name: down}");
    Set<String> pods = workloads.podUidsOf("down");

    reloaded.secret("down", "two");

    JsonNode refused = reloaded.awaitEnded("StatefulSet", "down", 1).getFirst();
    assertThat(Reloaded.phase(refused)).isEqualTo("Failed");
    assertThat(refused.at("/status/reason").asString("")).isEqualTo("CertainDowntime");
    assertThat(reloaded.awaitEvent("down", "Secret down changed"))
        .contains(
            refused.at("/metadata/name").asString(""), refused.at("/status/message").asString(""));
    assertThat(workloads.podUidsOf("down")).isEqualTo(pods);
  }

  @Test
  void leavesAloneWhoDoesNotAskForIt() {
    reloaded.configMap("quiet", "one");
    reloaded.create(deployment("quiet"), "", "configMapRef: {name: quiet}");

    reloaded.configMap("quiet", "two");
    awaitPassed();

    assertThat(workloads.restarted()).doesNotContain("quiet");
  }

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Waits until something that changed now has been restarted: so has by then whatever was changed
   * before and is to be.
   */
  private void awaitPassed() {
    String name = "passed-" + System.nanoTime();
    reloaded.configMap(name, "one");
    reloaded.create(
        deployment(name).replicas(1),
        "reprise.dev/reload: auto",
        "configMapRef: {name: " + name + "}");
    reloaded.configMap(name, "two");
    reloaded.awaitEnded("Deployment", name, 1);
  }

  private void assertReloaded(
      String kind, String name, String mechanism, Instant changed, String why) {
    JsonNode restart = reloaded.awaitEnded(kind, name, 1).getFirst();
    assertThat(Reloaded.phase(restart)).as(restart.toString()).isEqualTo("Succeeded");
    assertThat(restart.at("/status/trigger/mechanism").asString("")).isEqualTo(mechanism);
    assertThat(restart.at("/spec/reason").asString("")).isEqualTo(why);
    assertThat(restart.at("/spec/requestedBy/user").asString(""))
        .isEqualTo("system:reprise:reload");
    assertThat(Instant.parse(restart.at("/metadata/creationTimestamp").asString("")))
        .isBefore(changed.plus(DEBOUNCE).plus(PROMPT));
    assertThat(
            caller
                .get(
                    "/namespaces/%s/restarts/%s"
                        .formatted(namespace, restart.at("/metadata/name").asString("")))
                .text("reason"))
        .isNotEmpty();
  }
}
