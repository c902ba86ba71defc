package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.Schemathesis;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The service keeps to its OpenAPI document, whatever Schemathesis makes of that: what is allowed
 * and what is not, call by call, and one call with what another one answered.
 *
 * <p>With {@code -Dopenapi.examples} more of it, with {@code -Dopenapi.seed} something else.
 */
@ClusterTest
@EnabledIf("dev.reprise.testcluster.Schemathesis#isThereOrRequired")
class OpenApiClusterTests {

  private static final Path FOLDER = Path.of("target", "schemathesis");

  @Test
  void answersAsItsDocumentSays(TestCluster cluster, Namespace namespace) throws IOException {
    Workloads workloads = new Workloads(namespace);
    // By the names that the document has in its examples.
    Stream.of(
            deployment("checkout").replicas(2),
            deployment("search").replicas(2),
            statefulSet("database").replicas(2),
            daemonSet("agent"),
            rollout("payments").replicas(2))
        .forEach(workloads::create);
    try (Service service =
        Service.start(cluster, namespace, "--reprise.authentication.mode=kubernetes")) {
      String printed =
          Schemathesis.ready()
              .run(
                  List.of(
                      "--config-file=" + config(namespace.name(), token(namespace)),
                      "run",
                      "docs/openapi.yaml",
                      "--url=" + service.address(),
                      "--seed=" + System.getProperty("openapi.seed", "1"),
                      "--max-examples=" + System.getProperty("openapi.examples", "60"),
                      "--report=junit",
                      "--report-dir=" + FOLDER));

      // A service that turns everybody away would have done nothing wrong.
      assertThat(printed)
          .containsPattern("API Links: +[1-9][0-9]* covered")
          .doesNotContain("401/403");
    }
  }

  private static Path config(String namespace, String token) throws IOException {
    String template = Files.readString(Path.of("src/test/schemathesis/schemathesis.toml"));
    Files.createDirectories(FOLDER);
    return Files.writeString(
        FOLDER.resolve("schemathesis.toml"),
        template.replace("${namespace}", namespace).replace("${token}", token));
  }

  /** Of somebody who may restart all that there is. */
  private static String token(Namespace namespace) {
    Account.create(
        namespace,
        "caller",
        """
        - {apiGroups: [apps], resources: [deployments, statefulsets, daemonsets], verbs: [restart]}
        - {apiGroups: [argoproj.io], resources: [rollouts], verbs: [restart]}
        """);
    return Account.token(namespace, "caller", "--audience=reprise");
  }
}
