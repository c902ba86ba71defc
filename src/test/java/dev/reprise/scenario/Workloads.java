package dev.reprise.scenario;

import dev.reprise.testcluster.Namespace;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real kubectl shows of a namespace's workloads. */
record Workloads(Namespace namespace) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Creates it and waits until all of it is available. */
  void create(Manifest manifest) {
    namespace.apply(manifest.yaml());
    awaitAvailable(manifest.kind(), manifest.name(), manifest.replicas());
  }

  void awaitAvailable(String kind, String name, int replicas) {
    kubectl(
        "wait",
        "--for=jsonpath={.status.availableReplicas}=" + replicas,
        kind.toLowerCase(java.util.Locale.ROOT) + "/" + name,
        "--timeout=60s");
  }

  /** Lets the pods that are there become ready, though their template says they never do. */
  void heal(String name) {
    kubectl("annotate", "pod", "-l", "app=" + name, "test.reprise.dev/pod-");
  }

  JsonNode get(String kind, String name) {
    return JSON.readTree(kubectl("get", kind, name, "-o", "json", "--show-managed-fields"));
  }

  List<JsonNode> replicaSetsOf(String name) {
    return list("replicasets", name);
  }

  Set<String> podUidsOf(String name) {
    return list("pods", name).stream()
        .map(pod -> pod.path("metadata").path("uid").asString(""))
        .collect(Collectors.toSet());
  }

  private List<JsonNode> list(String kind, String name) {
    return JSON.readTree(kubectl("get", kind, "-l", "app=" + name, "-o", "json"))
        .path("items")
        .valueStream()
        .toList();
  }

  String kubectl(String... arguments) {
    return namespace.kubectl().run(arguments);
  }
}
