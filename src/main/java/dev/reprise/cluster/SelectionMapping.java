package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadSelection;
import dev.reprise.workload.WorkloadSelection.All;
import dev.reprise.workload.WorkloadSelection.Criterion;
import dev.reprise.workload.WorkloadSelection.Labels;
import dev.reprise.workload.WorkloadSelection.Uses;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which workloads a group takes in, from and to the custom resource's spec. */
final class SelectionMapping {

  private SelectionMapping() {}

  /**
   * @throws IllegalArgumentException when it can't be understood
   */
  static WorkloadSelection selection(Node spec) {
    Set<WorkloadKind> kinds =
        spec.at("kinds").items().map(RestartMapping::kind).collect(Collectors.toSet());
    return new WorkloadSelection(
        spec.at("kind").isPresent() ? Set.of(RestartMapping.kind(spec.at("kind"))) : kinds,
        criterion(spec));
  }

  private static Criterion criterion(Node spec) {
    String selector = spec.at("selector").text();
    if (selector != null) {
      return Labels.parse(selector);
    }
    Node uses = spec.at("uses");
    if (uses.isPresent()) {
      return new Uses(
          uses.at("secret").isPresent()
              ? new ConfigReference(ConfigReference.Kind.Secret, uses.at("secret").required())
              : new ConfigReference(
                  ConfigReference.Kind.ConfigMap, uses.at("configMap").required()));
    }
    if (!spec.at("all").isTrue()) {
      throw new IllegalArgumentException("It selects nothing");
    }
    return new All();
  }

  static JsonObject object(WorkloadSelection selection) {
    JsonObject spec = new JsonObject();
    if (!selection.kinds().isEmpty()) {
      JsonArray kinds = new JsonArray();
      new TreeSet<>(selection.kinds()).forEach(kind -> kinds.add(kind.kind()));
      spec.add("kinds", kinds);
    }
    switch (selection.by()) {
      case Labels(String text, _) -> spec.addProperty("selector", text);
      case Uses(ConfigReference reference) -> {
        JsonObject uses = new JsonObject();
        uses.addProperty(
            switch (reference.kind()) {
              case ConfigMap -> "configMap";
              case Secret -> "secret";
            },
            reference.name());
        spec.add("uses", uses);
      }
      case All() -> spec.addProperty("all", true);
    }
    return spec;
  }
}
