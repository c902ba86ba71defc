package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.reprise.cluster.RawCluster;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service's own rights: one of them is missing, or its token changes. */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class RightsFaultClusterTests {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private TestCluster cluster;
  private Namespace namespace;
  private Workloads workloads;
  private FaultTable table;

  @BeforeEach
  void createWorkload(TestCluster shared, Namespace own, FaultTable ofTheRun) {
    cluster = shared;
    namespace = own;
    table = ofTheRun;
    workloads = new Workloads(own);
    Service.install(cluster);
    workloads.create(deployment("web").replicas(1));
  }

  @ParameterizedTest
  @CsvSource({
    "deployments, get, ClusterRefused",
    "deployments, patch, WriteRefused",
    "restarts, create, ClusterRefused",
  })
  void namesTheRightThatIsMissingAndChangesNothing(String resource, String verb, String code) {
    String before = workloads.writtenOf("deployment", "web");
    try (Service service = lacking(resource, verb)) {
      service.caller().awaitReady();
      Answer answer = service.caller().restart(namespace.name(), "Deployment", "web");

      table.add(13, "without " + verb + " of " + resource, Tally.NONE);
      assertThat(answer.status()).as(answer.body().toString()).isEqualTo(502);
      assertThat(answer.text("code")).isEqualTo(code);
      assertThat(answer.text("detail"))
          .contains("cannot %s resource \"%s\" in API group".formatted(verb, resource));
      assertThat(workloads.writtenOf("deployment", "web")).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "deployments, list",
    "deployments, watch",
    "restarts, list",
    "restarts, watch",
  })
  void isNotReadyAndNamesTheRightThatIsMissing(String resource, String verb) {
    try (Service service = lacking(resource, verb)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            Answer health = service.caller().get("/readyz");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body().toString())
                .contains("cannot %s resource".formatted(verb), resource);
          });
      assertThat(service.caller().get("/livez").status()).isEqualTo(200);
    }
  }

  @Test
  void goesOnWithANewTokenWhenTheOldOneIsRevoked() throws IOException {
    String rules = Account.rulesOfTheChart();
    Path used = Account.create(cluster, namespace, "before", rules, folder);
    Path rotated = Account.create(cluster, namespace, "after", rules, folder);
    try (Service service = Service.startUnready(used, namespace.name())) {
      Caller caller = service.caller();
      caller.awaitReady();

      RawCluster before = RawCluster.of(Files.copy(used, folder.resolve("as-before")));
      Files.move(rotated, used, StandardCopyOption.REPLACE_EXISTING);
      workloads.kubectl("delete", "serviceaccount", "before");
      // The API server remembers for a few seconds that the token was good.
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThatThrownBy(() -> before.get("Deployment", namespace.name(), "web"))
                  .hasMessageContaining("401"));
      Answer ended = caller.restartAndWait(namespace.name(), "Deployment", "web");

      Tally tally = Tally.of(1, workloads.replicaSetsOf("web").size() - 1);
      table.add(7, "token file rotated, old token revoked", tally);
      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(tally.isExactlyOnce()).isTrue();
    }
  }

  private Service lacking(String resource, String verb) {
    Path account =
        Account.create(cluster, namespace, "lacking", without(resource, verb).strip(), folder);
    return Service.startUnready(account, namespace.name());
  }

  /** The rules of the chart but for one verb of one resource. */
  private static String without(String resource, String verb) {
    return Stream.of(Account.rulesOfTheChart().split("(?m)^(?=- )"))
        .flatMap(rule -> without(rule, resource, verb))
        .collect(Collectors.joining());
  }

  private static Stream<String> without(String rule, String resource, String verb) {
    List<String> resources = listed(rule, "resources");
    List<String> verbs = listed(rule, "verbs");
    if (!resources.contains(resource) || !verbs.contains(verb)) {
      return Stream.of(rule);
    }
    List<String> others = new ArrayList<>(resources);
    others.remove(resource);
    List<String> left = new ArrayList<>(verbs);
    left.remove(verb);
    return Stream.of(with(rule, others, verbs), with(rule, List.of(resource), left))
        .filter(part -> !part.contains("[]"));
  }

  private static String with(String rule, List<String> resources, List<String> verbs) {
    return rule.replaceFirst("resources: .*", "resources: " + resources)
        .replaceFirst("verbs: .*", "verbs: " + verbs);
  }

  private static List<String> listed(String rule, String field) {
    return rule.lines()
        .map(String::strip)
        .filter(line -> line.startsWith(field + ": ["))
        .flatMap(line -> Stream.of(line.replaceAll(".*\\[|\\].*", "").split(", ")))
        .toList();
  }
}
