package dev.reprise.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.Helm;
import dev.reprise.testcluster.KubernetesValidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Helm makes of the chart, without a cluster. The cases are folders of {@code
 * src/test/resources/chart}; {@code -Dgolden.apply} writes what comes of their values, to be read
 * before it is committed.
 */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Helm#possible")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartClusterTests {

  private static final Path CASES = Path.of("src/test/resources/chart");
  private static final boolean APPLY = System.getProperty("golden.apply") != null;

  private Helm helm;

  @BeforeAll
  void build() {
    helm = Helm.ready();
  }

  @Test
  void hasNothingForTheLinterToSay() {
    Helm.Printed printed = helm.run("lint", "--strict", Chart.FOLDER.toString());

    assertThat(printed.output()).contains("1 chart(s) linted, 0 chart(s) failed");
    assertThat(printed.output() + printed.errors()).doesNotContain("WARNING", "ERROR");
  }

  @Test
  void hasNothingForTheLinterOfHelm3ToSay() {
    assertThat(Helm.three().run("lint", "--strict", Chart.FOLDER.toString()).output())
        .contains("1 chart(s) linted, 0 chart(s) failed");
  }

  @TestFactory
  Stream<DynamicTest> rendersWhatIsExpected() throws IOException {
    return cases(this::check);
  }

  @TestFactory
  Stream<DynamicTest> rendersTheSameWithHelm3() throws IOException {
    Helm three = Helm.three();
    return cases(folder ->
        assertThat(Chart.objects(rendered(three, folder)))
            .isEqualTo(Chart.objects(Files.readString(folder.resolve("expected.yaml")))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.35.0", "1.36.0", "1.37.0"})
  @EnabledIf("dev.reprise.testcluster.KubernetesValidate#isThereOrRequired")
  void fitsTheSchemasOfKubernetes(String version, @TempDir Path folder) throws IOException {
    String everything =
        Chart.text(helm, "--values=" + CASES.resolve("everything").resolve("values.yaml"));

    String printed =
        KubernetesValidate.ready()
            .check(version, Files.writeString(folder.resolve("everything.yaml"), everything));

    assertThat(printed.lines().filter(line -> line.contains("passed"))).hasSizeGreaterThan(15);
  }

  private static Stream<DynamicTest> cases(Case check) throws IOException {
    try (Stream<Path> cases = Files.list(CASES)) {
      return cases.sorted().toList().stream()
          .map(folder -> dynamicTest(folder.getFileName().toString(), () -> check.of(folder)));
    }
  }

  private interface Case {
    void of(Path folder) throws IOException;
  }

  private static String rendered(Helm helm, Path folder) {
    return Chart.text(helm, "--set=crd.install=false", "--values=" + folder.resolve("values.yaml"));
  }

  private void check(Path folder) throws IOException {
    Path expected = folder.resolve("expected.yaml");
    String actual = rendered(helm, folder);
    if (APPLY) {
      Files.writeString(expected, actual);
    }
    assertThat(Chart.objects(actual))
        .as("what comes of it is\n\n%s\n", actual)
        .isEqualTo(Chart.objects(Files.readString(expected)));
  }

  @Test
  void bringsTheDefinitionAsItIs() throws IOException {
    JsonNode rendered =
        Chart.only(Chart.rendered(helm), "CustomResourceDefinition", "restarts.reprise.dev");

    assertThat(rendered).isEqualTo(Chart.objects(Files.readString(Chart.DEFINITION)).getFirst());
    assertThat(rendered.at("/metadata/annotations").path("helm.sh/resource-policy").asString(""))
        .isEqualTo("keep");
  }

  @Test
  void bringsADashboardWhenAskedFor() {
    JsonNode map =
        Chart.only(
            Chart.rendered(helm, "--set=metrics.dashboard.enabled=true"), "ConfigMap", "dashboard");

    String dashboard = map.path("data").path("reprise.json").asString("");
    assertThat(JsonMapper.shared().readTree(dashboard).path("panels")).isNotEmpty();
    assertThat(map.at("/metadata/labels").path("grafana_dashboard").asString("")).isEqualTo("1");
  }

  @Test
  void hasAReadmeOfItsValues() throws IOException {
    assertThat(Files.readString(Chart.FOLDER.resolve("README.md")))
        .as("write it anew: helm-docs --chart-search-root=helm --sort-values-order=file")
        .isEqualToIgnoringWhitespace(helm.docs(Chart.FOLDER.getParent()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas=3                            | additional properties 'replicas' not allowed
          replicaCount=-1                       | /replicaCount
          replicaCount=two                      | /replicaCount
          image.repository=                     | /image/repository
          image.digest=latest                   | /image/digest
          logs.format=xml                       | /logs/format
          namespaces={Shop}                     | /namespaces/0
          traces.endpoint=collector:4318        | /traces/endpoint
          traces.sampling=2                     | /traces/sampling
          service.type=ExternalName             | /service/type
          service.port=0                        | /service/port
          networkPolicy.from[0]=everyone        | /networkPolicy/from/0
          podDisruptionBudget.maxUnavailable=-1 | /podDisruptionBudget/maxUnavailable
          ingress.enabled=true                  | ingress.host is needed with ingress.enabled
          serviceAccount.create=false           | serviceAccount.name is needed
          """)
  void refusesValuesThatCanNotBeMeant(String value, String complaint) {
    assertThatThrownBy(() -> Chart.rendered(helm, "--set=" + value))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void asksForNoRightThatCouldBeUsedForMore() {
    List<JsonNode> rules =
        Chart.rendered(helm).stream()
            .filter(object -> object.path("kind").asString("").endsWith("Role"))
            .flatMap(role -> role.path("rules").valueStream())
            .toList();

    assertThat(rules).isNotEmpty();
    assertThat(rules)
        .noneMatch(rule -> rule.toString().matches(".*(\"\\*\"|secrets|configmaps|impersonate).*"));
    assertThat(rules.stream().filter(rule -> rule.path("verbs").toString().contains("update")))
        .singleElement()
        .asString()
        .contains("leases", "resourceNames");
  }
}
