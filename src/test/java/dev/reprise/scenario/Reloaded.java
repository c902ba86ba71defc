package dev.reprise.scenario;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Workloads of a namespace that use ConfigMaps and Secrets, and their Restarts for these. */
record Reloaded(Workloads workloads) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Writes it, and tells when. */
  Instant configMap(String name, String value) {
    return write("ConfigMap", name, value);
  }

  /** Writes it, and tells when. */
  Instant secret(String name, String value) {
    return write("Secret", name, value);
  }

  /** Writes it with one value after the other, by a single kubectl so that it is quick. */
  void each(String kind, String name, Stream<String> values) {
    workloads
        .namespace()
        .apply(
            values.map(value -> manifest(kind, name, value)).collect(Collectors.joining("---\n")));
  }

  private Instant write(String kind, String name, String value) {
    each(kind, name, Stream.of(value));
    return Instant.now();
  }

  private static String manifest(String kind, String name, String value) {
    String data = kind.equals("Secret") ? "stringData" : "data";
    return "apiVersion: v1\nkind: %s\nmetadata: {name: %s}\n%s: {key: '%s'}\n"
        .formatted(kind, name, data, value);
  }

  /**
   * Creates it, waits until it is available, and if its owner wants that, until it is known what
   * its configuration is.
   *
   * @param annotations as between braces in YAML
   * @param from as in {@code envFrom}
   */
  void create(Manifest manifest, String annotations, String from) {
    apply(manifest, annotations, from);
    if (manifest.replicas() > 0) {
      workloads.awaitAvailable(manifest.kind(), manifest.name(), manifest.replicas());
      awaitNoted(manifest.name(), annotations);
    }
  }

  /** Creates it and waits for nothing. */
  void apply(Manifest manifest, String annotations, String from) {
    workloads
        .namespace()
        .apply(
            annotated(manifest.yaml(), manifest.name(), annotations).stripTrailing()
                + "\n        envFrom: [{%s}]\n".formatted(from));
  }

  /** Creates a Rollout that takes its pod template from this Deployment. */
  void createReferring(String name, Manifest deployment, String annotations) {
    workloads
        .namespace()
        .apply(
            annotated(Manifest.referring(name, deployment, 2, "{canary: {}}"), name, annotations));
    workloads.awaitAvailable("Rollout", name, 2);
    awaitNoted(name, "on the Deployment, or here");
  }

  private void awaitNoted(String name, String annotations) {
    if (!annotations.isEmpty()) {
      awaitNoted(name);
    }
  }

  /** Waits until it is known what the configuration of this workload is. */
  void awaitNoted(String name) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            restarts().stream()
                .filter(restart -> targets(restart, name))
                .anyMatch(restart -> restart.at("/status/reason").asString("").equals("Baseline")));
  }

  private static String annotated(String yaml, String name, String annotations) {
    return yaml.replaceFirst(
        "  name: " + name + "\n", "  name: %s\n  annotations: {%s}\n".formatted(name, annotations));
  }

  /** The Restarts of this workload that do restart it. */
  List<JsonNode> of(String kind, String name) {
    return restarts().stream()
        .filter(restart -> targets(restart, name))
        .filter(restart -> restart.at("/spec/kind").asString("").equals(kind))
        .filter(restart -> !restart.at("/spec/reload/baseline").asBoolean(false))
        .toList();
  }

  /** The same once there are so many and all of them have ended. */
  List<JsonNode> awaitEnded(String kind, String name, int count) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> of(kind, name),
            restarts ->
                restarts.size() == count
                    && restarts.stream().allMatch(each -> each.at("/status").has("finishedAt")));
  }

  /** Waits for the Event that tells why this workload was not restarted, and gives what it says. */
  String awaitEvent(String name, String reason) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                workloads.kubectl(
                    "get",
                    "events",
                    "--field-selector=reason=RestartFailed,involvedObject.name=" + name,
                    "-o",
                    "jsonpath={.items[*].message}"),
            told -> told.contains(reason));
  }

  static String phase(JsonNode restart) {
    return restart.at("/status/phase").asString("");
  }

  private static boolean targets(JsonNode restart, String name) {
    return restart.at("/spec/name").asString("").equals(name);
  }

  private List<JsonNode> restarts() {
    return JSON.readTree(workloads.kubectl("get", "restarts", "-o", "json"))
        .path("items")
        .valueStream()
        .toList();
  }
}
