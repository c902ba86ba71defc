package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Restarts whose new pods a ResourceQuota keeps from coming, by the rights that the chart gives.
 */
@ClusterTest
class QuotaClusterTests {

  private static final String EVENTS =
      """
      - apiGroups: [""]
        resources: [events]
        verbs: [list, watch]
      """;

  @TempDir private Path folder;
  private TestCluster cluster;
  private Namespace own;
  private Workloads workloads;

  @BeforeEach
  void look(TestCluster shared, Namespace namespace) {
    cluster = shared;
    own = namespace;
    workloads = new Workloads(own);
  }

  /** Each with as many pods as the namespace may still have when the restart begins. */
  static Stream<Arguments> workloads() {
    return Stream.of(
        arguments(deployment("web"), "NewRevision", 3),
        arguments(statefulSet("db"), "NewRevision", 2),
        arguments(statefulSet("db"), "RecreatePods", 2),
        arguments(daemonSet("agent"), "NewRevision", 3),
        arguments(
            daemonSet("agent")
                .with("updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"),
            "NewRevision",
            4));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void nameItAndGoOnWhenItIsLifted(Manifest manifest, String strategy, int allowed) {
    workloads.create(manifest);
    workloads.allowPods(allowed);

    try (Service service = start(Account.rulesOfTheChart())) {
      Caller caller = service.caller();
      Answer begun = caller.triggered(caller.post(own.name(), body(manifest, strategy, "PT1H")));
      JsonNode blocker = caller.awaitBlocked(begun.location()).body().path("blockers").path(0);
      workloads.kubectl(
          "wait",
          "--for=jsonpath={.status.reason}=QuotaExceeded",
          "restart/" + begun.text("name"),
          "--timeout=60s");
      String quota = workloads.paste(blocker.path("command").asString(""));
      workloads.allowAllPods();
      Answer ended = caller.awaitEnd(begun.location());

      assertThat(blocker.path("reason").asString("")).isEqualTo("QuotaExceeded");
      assertThat(blocker.path("object").asString(""))
          .isEqualTo("%s %s/%s".formatted(manifest.kind(), own.name(), manifest.name()));
      assertThat(blocker.path("message").asString(""))
          .contains("is forbidden: exceeded quota: tight, requested: pods=1");
      assertThat(blocker.path("command").asString(""))
          .isEqualTo("kubectl describe resourcequota -n " + own.name());
      assertThat(quota).contains("tight", "pods");
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
    }
  }

  @Test
  void nameItAtTheEndToo() {
    workloads.create(statefulSet("db"));
    workloads.allowPods(2);

    try (Service service = start(Account.rulesOfTheChart())) {
      Caller caller = service.caller();
      Answer begun =
          caller.triggered(
              caller.post(own.name(), body(statefulSet("db"), "NewRevision", "PT10S")));
      Answer ended = caller.awaitEnd(begun.location());

      assertThat(ended.text("reason")).isEqualTo("Timeout");
      assertThat(ended.text("message")).contains("exceeded quota: tight");
    }
  }

  @Test
  void goOnWithoutTheRightToEvents() {
    workloads.create(statefulSet("db"));
    workloads.allowPods(2);
    assertThat(Account.rulesOfTheChart()).contains(EVENTS);
    String rules = Account.rulesOfTheChart().replace(EVENTS, "");

    try (Service service = start(rules)) {
      Caller caller = service.caller();
      Answer begun = caller.begin(own.name(), "StatefulSet", "db");
      workloads.awaitPods("db", 2);
      Answer blocked = caller.get(begun.location());
      workloads.allowAllPods();
      Answer ended = caller.awaitEnd(begun.location());

      assertThat(blocked.text("phase")).isEqualTo("Progressing");
      assertThat(blocked.body().path("blockers")).isEmpty();
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
    }
  }

  private Service start(String rules) {
    Service.install(cluster);
    Service service =
        Service.startUnready(Account.create(cluster, own, "reprise", rules, folder), own.name());
    service.caller().awaitReady();
    return service;
  }

  private static String body(Manifest manifest, String strategy, String timeout) {
    return """
    {"kind": "%s", "name": "%s", "strategy": "%s", "timeout": "%s"}
    """
        .formatted(manifest.kind(), manifest.name(), strategy, timeout);
  }
}
