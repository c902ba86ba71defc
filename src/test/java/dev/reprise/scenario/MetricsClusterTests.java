package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads, and whether alerts and dashboard name what is there. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsClusterTests {

  private static final Path FILES = Path.of("helm/reprise/files");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:reprise|http_server|jvm|process|system)_[a-z_]+");

  private Namespace namespace;
  private Service service;
  private List<String> metrics;

  @BeforeAll
  void restart(TestCluster cluster, Namespace own) {
    namespace = own;
    service = Service.start(cluster, own, "--management.server.port=0");
    new Workloads(own).create(deployment("secretive"));
    service.caller().restartAndWait(own.name(), "Deployment", "secretive");
    metrics = service.management().lines("/actuator/prometheus", "text/plain").toList();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void countsTheRestart() {
    assertThat(metrics)
        .contains(
            "reprise_restarts_total{kind=\"Deployment\",mechanism=\"TemplateAnnotation\","
                + "outcome=\"Succeeded\"} 1.0",
            "reprise_leader 1.0",
            "reprise_restarts_running 0.0",
            "reprise_restarts_waiting 0.0");
    assertThat(metrics)
        .anyMatch(line -> line.matches("reprise_restart_duration_seconds_count\\{.*} 1"));
  }

  @Test
  void countsCallsAndAges() {
    assertThat(metrics)
        .anyMatch(line ->
            line.matches(
                "reprise_api_requests_seconds_count\\{resource=\"deployments\","
                    + "status=\"200\",verb=\"Patch\"} 1"))
        .anyMatch(line -> line.startsWith("reprise_watch_age_seconds{resource=\"restarts\"} "));
  }

  @Test
  void namesNoWorkloadAndNoNamespace() {
    assertThat(metrics).noneMatch(line -> line.contains("secretive"));
    assertThat(metrics).noneMatch(line -> line.contains(namespace.name()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void alertsAndDashboardNameWhatIsThere(String file) throws IOException {
    List<String> named =
        METRIC
            .matcher(Files.readString(FILES.resolve(file)))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(
            metric -> assertThat(metrics).anyMatch(line -> line.matches(metric + "(\\{.*)? .*")));
  }

  @Test
  void everyAlertHasASectionInTheRunbook() throws IOException {
    List<String> alerts =
        Pattern.compile("alert: (\\w+)")
            .matcher(Files.readString(FILES.resolve("alerts.yaml")))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(
            Files.readAllLines(Path.of("docs/alerts.md")).stream()
                .filter(line -> line.startsWith("## Reprise"))
                .map(line -> line.substring(3)))
        .containsExactlyElementsOf(alerts);
  }
}
