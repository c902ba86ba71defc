package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.LabelSelector;
import dev.reprise.workload.LabelSelector.Operator;
import dev.reprise.workload.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A PodDisruptionBudget from the API server's JSON. */
final class BudgetMapping {

  private BudgetMapping() {}

  static BudgetSnapshot budget(JsonObject object) {
    Node node = Node.of(object);
    Node status = node.at("status");
    return new BudgetSnapshot(
        node.at("metadata", "namespace").required(),
        node.at("metadata", "name").required(),
        selector(node.at("spec", "selector")),
        status.at("disruptionsAllowed").intOr(0),
        status.at("currentHealthy").intOr(0),
        status.at("desiredHealthy").intOr(0),
        status.at("expectedPods").intOr(0),
        node.at("spec", "unhealthyPodEvictionPolicy").textOr("").equals("AlwaysAllow"));
  }

  /** Without a selector it is about no pod, with an empty one about all ({@code policy/v1}). */
  private static LabelSelector selector(Node selector) {
    List<Requirement> requirements = new ArrayList<>();
    if (!selector.isPresent()) {
      requirements.add(new Requirement("nothing", Operator.In, Set.of()));
    }
    if (selector.at("matchLabels").json() instanceof JsonObject labels) {
      labels
          .entrySet()
          .forEach(label ->
              requirements.add(
                  new Requirement(
                      label.getKey(), Operator.In, Set.of(label.getValue().getAsString()))));
    }
    selector
        .at("matchExpressions")
        .items()
        .map(BudgetMapping::requirement)
        .forEach(requirements::add);
    return new LabelSelector(requirements);
  }

  private static Requirement requirement(Node expression) {
    return new Requirement(
        expression.at("key").required(),
        Operator.valueOf(expression.at("operator").required()),
        expression.at("values").items().map(Node::required).collect(Collectors.toSet()));
  }
}
