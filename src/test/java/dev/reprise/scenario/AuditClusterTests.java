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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the workload itself tells of its restarts. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditClusterTests {

  private Workloads workloads;
  private Service service;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    namespace = own.name();
    workloads = new Workloads(own);
    service = Service.start(cluster, own, "--reprise.kubernetes.change-cause=true");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  static Stream<Manifest> kinds() {
    return Stream.of(deployment("web"), statefulSet("db"), daemonSet("agent"), rollout("canary"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void tellsOfARestartInEventsOfTheWorkload(Manifest manifest) {
    workloads.create(manifest);

    Answer ended = restarted(manifest.kind(), manifest.name(), "new certificate");

    await().atMost(Duration.ofMinutes(1)).until(() -> reasons(ended).size() >= 2);
    assertThat(reasons(ended)).containsExactly("RestartStarted", "RestartSucceeded");
    assertThat(
            workloads.kubectl(
                "describe", manifest.kind().toLowerCase(Locale.ROOT), manifest.name()))
        .contains("RestartSucceeded", ended.text("name"), "(new certificate)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Deployment", "StatefulSet", "DaemonSet"})
  void tellsInTheHistoryOfRevisionsWhyThereIsANewOne(String kind) {
    String name = "history-" + kind.toLowerCase(Locale.ROOT);
    workloads.create(
        switch (kind) {
          case "Deployment" -> deployment(name);
          case "StatefulSet" -> statefulSet(name);
          default -> daemonSet(name);
        });

    Answer ended = restarted(kind, name, "rotated");

    assertThat(history(kind, name))
        .contains("rotated (system:anonymous, Restart " + ended.text("name") + ")");
  }

  @Test
  void tellsInTheHistoryThatARevisionIsThereAgain() {
    workloads.createWell(deployment("undone").pods("pod", "never-ready"));
    Answer begun = service.caller().begin(namespace, "Deployment", "undone");

    service.caller().cancel(begun.location());
    Answer ended = service.caller().awaitEnd(begun.location());

    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Cancelled");
    assertThat(history("Deployment", "undone").lines().filter(line -> !line.isBlank()).toList())
        .last()
        .asString()
        .contains("taken back: restarted (system:anonymous");
  }

  private Answer restarted(String kind, String name, String reason) {
    Caller caller = service.caller();
    Answer ended =
        caller.ended(
            caller.post(
                namespace,
                "{\"kind\": \"%s\", \"name\": \"%s\", \"reason\": \"%s\"}"
                    .formatted(kind, name, reason)));
    assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
    return ended;
  }

  private String history(String kind, String name) {
    return workloads.kubectl("rollout", "history", kind.toLowerCase(Locale.ROOT) + "/" + name);
  }

  private List<String> reasons(Answer restart) {
    return workloads
        .kubectl(
            "get",
            "events.events.k8s.io",
            "--sort-by=.eventTime",
            "-o=jsonpath={range .items[?(@.related.name==\"%s\")]}{.reason}{\"\\n\"}{end}"
                .formatted(restart.text("name")))
        .lines()
        .toList();
  }
}
