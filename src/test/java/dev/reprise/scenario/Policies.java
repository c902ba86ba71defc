package dev.reprise.scenario;

import dev.reprise.chart.Chart;
import dev.reprise.testcluster.Helm;
import dev.reprise.testcluster.Kubectl;
import dev.reprise.testcluster.Namespace;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The admission policies of the chart, in force for one namespace: the release's own, whose account
 * {@code reprise} is the service's.
 */
record Policies(Kubectl kubectl, List<String> objects) implements AutoCloseable {

  /** Makes them; it takes the API server a moment to heed them. */
  static Policies apply(Kubectl administrator, Namespace namespace, String ending) {
    List<JsonNode> policies =
        Chart.rendered(
                Helm.ready(),
                "--namespace=" + namespace.name(),
                "--set=namespaces={" + namespace.name() + "}")
            .stream()
            .filter(object -> object.path("kind").asString("").startsWith("ValidatingAdmission"))
            .filter(object -> nameOf(object).endsWith(ending))
            .toList();
    policies.forEach(policy -> administrator.apply(policy.toString()));
    return new Policies(
        administrator,
        policies.stream()
            .map(policy -> policy.path("kind").asString("") + "/" + nameOf(policy))
            .toList());
  }

  static String account(Namespace namespace) {
    return "system:serviceaccount:%s:reprise".formatted(namespace.name());
  }

  private static String nameOf(JsonNode object) {
    return object.at("/metadata/name").asString("");
  }

  @Override
  public void close() {
    objects.forEach(object -> kubectl.run("delete", object));
  }
}
