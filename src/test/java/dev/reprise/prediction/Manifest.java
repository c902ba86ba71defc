package dev.reprise.prediction;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Objects that all have the same name, which their pods are labelled with too. */
record Manifest(String name) {

  JsonObject deployment(int replicas, List<String> fields) {
    return workload("apps/v1", "Deployment", fields, replicas(replicas), template(""));
  }

  JsonObject statefulSet(int replicas, List<String> fields) {
    return workload("apps/v1", "StatefulSet", fields, replicas(replicas), template(""));
  }

  /** On so many nodes. */
  JsonObject daemonSet(int count, List<String> fields) {
    String nodes =
        count == 0
            ? "none"
            : IntStream.range(0, count).mapToObj(node -> "node-" + node).collect(joining(", "));
    String affinity =
        """
        affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{matchExpressions: [
            {key: 'kubernetes.io/hostname', operator: In, values: [%s]}]}]}}},
        """
            .formatted(nodes);
    return workload("apps/v1", "DaemonSet", fields, template(affinity));
  }

  JsonObject replicaSet(int replicas) {
    return workload("apps/v1", "ReplicaSet", List.of(), replicas(replicas), template(""));
  }

  /**
   * With a pod template of its own.
   *
   * @param strategy where the name of the Service stands as {@code %s}
   */
  JsonObject rollout(int replicas, String strategy, List<String> fields) {
    return rollout(replicas, strategy, fields, template(""));
  }

  JsonObject rolloutReferringTo(String kind, int replicas, String strategy) {
    return rollout(
        replicas,
        strategy,
        List.of(),
        "workloadRef: {apiVersion: 'apps/v1', kind: %s, name: '%s'}".formatted(kind, name));
  }

  private JsonObject rollout(
      int replicas, String strategy, List<String> fields, String templateOrReference) {
    List<String> all = new ArrayList<>(fields);
    all.add("strategy: {" + strategy.formatted(name) + "}");
    return workload(
        "argoproj.io/v1alpha1", "Rollout", all, replicas(replicas), templateOrReference);
  }

  JsonObject service() {
    return object("v1", "Service", name, "selector: {app: '" + name + "'}, ports: [{port: 80}]");
  }

  JsonObject budget(int number, String fields) {
    return object(
        "policy/v1",
        "PodDisruptionBudget",
        name + "-" + number,
        "%s, selector: {matchLabels: {app: '%s'}}".formatted(fields, name));
  }

  private static String replicas(int count) {
    return "replicas: " + count;
  }

  private JsonObject workload(String apiVersion, String kind, List<String> fields, String... more) {
    String selector = "selector: {matchLabels: {app: '" + name + "'}}";
    List<String> all = new ArrayList<>(List.of(more));
    all.add(selector);
    all.addAll(fields);
    return object(apiVersion, kind, name, String.join(", ", all));
  }

  /**
   * Its pods take a second to become ready, so that what is missing is missing for all to see, and
   * half a second to end, as real ones do: when they are gone at once, the DaemonSet controller
   * takes one deletion for two, and deletes more than it may.
   */
  private String template(String podFields) {
    return """
    template: {
      metadata: {labels: {app: '%s'}, annotations: {
        'test.reprise.dev/ready-after': 1s, 'test.reprise.dev/terminates-after': 500ms}},
      spec: {%s containers: [{name: app, image: 'example.com/app:1'}]}}
    """
        .formatted(name, podFields);
  }

  private static JsonObject object(String apiVersion, String kind, String called, String spec) {
    return Json.of(
        "{apiVersion: '%s', kind: %s, metadata: {name: '%s'}, spec: {%s}}"
            .formatted(apiVersion, kind, called, spec));
  }
}
