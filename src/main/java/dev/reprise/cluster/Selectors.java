package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A workload's pod selector as a list request takes it. */
final class Selectors {

  private Selectors() {}

  /**
   * Whatever Argo has made, when the workload has none of its own: a Rollout with a {@code
   * workloadRef} may borrow it. Its status has one too, but a blue-green Rollout's names nothing
   * but the active ReplicaSet.
   */
  static Selection of(Node workload) {
    String text = text(workload);
    return Selection.labelled(text.isEmpty() ? "rollouts-pod-template-hash" : text);
  }

  private static String text(Node workload) {
    Node selector = workload.at("spec", "selector");
    List<String> requirements = new ArrayList<>();
    if (selector.at("matchLabels").json() instanceof JsonObject labels) {
      labels.entrySet().stream()
          .map(label -> label.getKey() + "=" + label.getValue().getAsString())
          .forEach(requirements::add);
    }
    selector.at("matchExpressions").items().map(Selectors::expression).forEach(requirements::add);
    return String.join(",", requirements);
  }

  private static String expression(Node expression) {
    String key = expression.at("key").required();
    String values =
        expression.at("values").items().map(Node::required).collect(Collectors.joining(","));
    return switch (expression.at("operator").required()) {
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      case String operator ->
          "%s %s (%s)".formatted(key, operator.toLowerCase(Locale.ROOT), values);
    };
  }
}
