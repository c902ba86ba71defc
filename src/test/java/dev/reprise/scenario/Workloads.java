package dev.reprise.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.Namespace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Creates a Rollout that takes its pod template from the Deployment, which has no pods. */
  void createReferring(String name, Manifest deployment, int replicas, String strategy) {
    Manifest template = deployment.replicas(0);
    namespace.apply(template.yaml());
    namespace.apply(Manifest.referring(name, template, replicas, strategy));
    awaitAvailable("rollout", name, replicas);
  }

  /** Creates it with pods that are well; the pods of its next revision behave as it says. */
  void createWell(Manifest manifest) {
    namespace.apply(manifest.yaml());
    awaitPods(manifest.name(), manifest.replicas());
    heal(manifest.name());
    awaitAvailable(manifest.kind(), manifest.name(), manifest.replicas());
  }

  /** The same for one that makes a pod only when the one before is ready. */
  void createWellInOrder(Manifest manifest) {
    namespace.apply(manifest.yaml());
    for (int pods = 1; pods <= manifest.replicas(); pods++) {
      awaitPods(manifest.name(), pods);
      heal(manifest.name());
    }
    awaitAvailable(manifest.kind(), manifest.name(), manifest.replicas());
  }

  void awaitAvailable(String kind, String name, int replicas) {
    kubectl(
        "wait",
        "--for=jsonpath={.status.%s}=%d"
            .formatted(
                kind.equals("DaemonSet") ? "numberAvailable" : "availableReplicas", replicas),
        kind.toLowerCase(java.util.Locale.ROOT) + "/" + name,
        "--timeout=180s");
  }

  /** How many of these pods there still are when all of them are available again. */
  long awaitKept(String kind, String name, int replicas, Set<String> pods) {
    awaitAvailable(kind, name, replicas);
    return podUidsOf(name).stream().filter(pods::contains).count();
  }

  /** Lets the pods that are there become ready, though their template says they never do. */
  void heal(String name) {
    try {
      kubectl("annotate", "pod", "-l", "app=" + name, "test.reprise.dev/pod-");
    } catch (ClusterFailure failure) {
      // One that was on its way out when kubectl listed them needs none; the others have it.
      if (!String.valueOf(failure.getMessage()).contains("(NotFound)")) {
        throw failure;
      }
    }
  }

  /** Lets a namespace have so many pods, and no one more. */
  void allowPods(int count) {
    namespace.apply(
"""
apiVersion: v1
kind: ResourceQuota
metadata: {name: tight}
spec: {hard: {pods: "%d"}}
"""
            .formatted(count));
    // Admission goes by what the quota's controller has counted, and refuses nothing before that.
    kubectl("wait", "--for=jsonpath={.status.hard.pods}=" + count, "resourcequota/tight");
  }

  /** Lets it have as many as it likes again. */
  void allowAllPods() {
    kubectl("delete", "resourcequota", "tight", "--ignore-not-found");
  }

  void setUpdateStrategy(String kind, String name, String strategy) {
    kubectl("patch", kind, name, "-p", "{\"spec\": {\"updateStrategy\": %s}}".formatted(strategy));
  }

  /** Commands of kubectl as they are told to be pasted, which have no blank within quotes. */
  String paste(String commands) {
    return Stream.of(commands.split("; ")).map(this::pasteOne).collect(Collectors.joining());
  }

  private String pasteOne(String command) {
    String[] words = command.replace("'", "").split(" ");
    assertThat(words[0]).isEqualTo("kubectl");
    return kubectl(Arrays.copyOfRange(words, 1, words.length));
  }

  JsonNode get(String kind, String name) {
    return JSON.readTree(kubectl("get", kind, name, "-o", "json", "--show-managed-fields"));
  }

  List<JsonNode> controllerRevisionsOf(String name) {
    return list("controllerrevisions", name);
  }

  /** The numbers of its ControllerRevisions, in order. */
  List<Integer> revisionNumbersOf(String name) {
    return controllerRevisionsOf(name).stream()
        .map(revision -> revision.path("revision").asInt(0))
        .sorted()
        .toList();
  }

  /**
   * Writes a Rollout's pod template in other words, as {@code kubectl apply} does with each
   * manifest that is not written as Argo's controller writes it.
   */
  void reword(String rollout) {
    kubectl(
        "patch",
        "rollout",
        rollout,
        "--type=json",
        "--patch=[{\"op\": \"remove\", \"path\": \"/spec/template/spec/containers/0/resources\"}]");
  }

  /** Waits until there are so many pods, ready or not. */
  void awaitPods(String name, int count) {
    await().atMost(Duration.ofMinutes(2)).until(() -> podUidsOf(name).size() == count);
  }

  List<JsonNode> replicaSetsOf(String name) {
    return list("replicasets", name);
  }

  Set<String> replicaSetUidsOf(String name) {
    return metadataOf(replicaSetsOf(name), "uid");
  }

  Set<String> podUidsOf(String name) {
    return metadataOf(list("pods", name), "uid");
  }

  Set<String> podNamesOf(String name) {
    return metadataOf(list("pods", name), "name");
  }

  /** Everything of it that a restart could change, to be compared with what it is later. */
  String stateOf(String kind, String name) {
    return kubectl("get", kind, name, "-o", "jsonpath={.metadata.generation} {.spec}");
  }

  /** The same with the metadata that a restart could change. */
  String writtenOf(String kind, String name) {
    JsonNode metadata = get(kind, name).path("metadata");
    return stateOf(kind, name) + metadata.path("annotations") + metadata.path("labels");
  }

  String resourceVersionOf(String kind, String name) {
    return kubectl("get", kind, name, "-o", "jsonpath={.metadata.resourceVersion}");
  }

  /** The number of a Rollout's newest revision. */
  String revisionOf(String rollout) {
    return get("rollout", rollout)
        .at("/metadata/annotations")
        .path("rollout.argoproj.io/revision")
        .asString("");
  }

  /** Fields of a Rollout's status. */
  String statusOf(String rollout, String jsonpath) {
    return kubectl("get", "rollout", rollout, "-o", "jsonpath=" + jsonpath);
  }

  /** The names of the workloads that there are Restarts of. */
  List<String> restarted() {
    return List.of(kubectl("get", "restarts", "-o", "jsonpath={.items[*].spec.name}").split(" "));
  }

  /** The revision that each pod was made from, as its controller labels it. */
  List<String> revisionsOfPodsOf(String name) {
    return list("pods", name).stream()
        .map(pod -> pod.path("metadata").path("labels").path("controller-revision-hash"))
        .map(label -> label.asString(""))
        .toList();
  }

  private static Set<String> metadataOf(List<JsonNode> objects, String field) {
    return objects.stream()
        .map(object -> object.path("metadata").path(field).asString(""))
        .collect(Collectors.toSet());
  }

  private List<JsonNode> list(String kind, String name) {
    return JSON.readTree(kubectl("get", kind, "-l", "app=" + name, "-o", "json"))
        .path("items")
        .valueStream()
        .toList();
  }

  /** Who holds the Lease; nobody when it was given up or never taken. */
  String holder() {
    return kubectl(
        "get", "lease", "reprise", "--ignore-not-found", "-o", "jsonpath={.spec.holderIdentity}");
  }

  String kubectl(String... arguments) {
    return namespace.kubectl().run(arguments);
  }
}
