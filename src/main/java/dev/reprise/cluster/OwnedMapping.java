package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.WaitingContainer;
import dev.reprise.workload.ReplicaSetSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What workloads own, from the API server's JSON: ReplicaSets and pods. */
final class OwnedMapping {

  private OwnedMapping() {}

  static ReplicaSetSnapshot replicaSet(JsonObject object) {
    Node node = Node.of(object);
    Node annotations = node.at("metadata", "annotations");
    return new ReplicaSetSnapshot(
        node.at("metadata", "name").required(),
        node.at("metadata", "uid").required(),
        controller(node).map(owner -> owner.at("uid").required()).orElse(""),
        annotations
            .at("deployment.kubernetes.io/revision")
            .longOr(annotations.at("rollout.argoproj.io/revision").longOr(0)),
        node.at("spec", "replicas").intOr(1),
        WorkloadMapping.template(node.at("spec", "template")));
  }

  static PodSnapshot pod(JsonObject object) {
    Node node = Node.of(object);
    Optional<Node> controller = controller(node);
    return new PodSnapshot(
        node.at("metadata", "name").required(),
        node.at("metadata", "uid").required(),
        controller.map(owner -> owner.at("uid").required()).orElse(""),
        controller.map(owner -> owner.at("name").required()).orElse(""),
        Objects.requireNonNullElse(
            node.at("metadata", "creationTimestamp").instant(), Instant.EPOCH),
        node.at("metadata", "deletionTimestamp").isPresent(),
        isReady(node),
        unschedulable(node),
        waiting(node));
  }

  private static Optional<Node> controller(Node node) {
    return node.at("metadata", "ownerReferences")
        .items()
        .filter(owner -> owner.at("controller").isTrue())
        .findFirst();
  }

  private static boolean isReady(Node pod) {
    return condition(pod, "Ready")
        .filter(condition -> condition.at("status").textOr("").equals("True"))
        .isPresent();
  }

  private static @Nullable String unschedulable(Node pod) {
    return condition(pod, "PodScheduled")
        .filter(condition -> condition.at("reason").textOr("").equals("Unschedulable"))
        .map(condition -> condition.at("message").textOr("No node takes it"))
        .orElse(null);
  }

  private static List<WaitingContainer> waiting(Node pod) {
    return Stream.concat(
            pod.at("status", "initContainerStatuses").items(),
            pod.at("status", "containerStatuses").items())
        .filter(status -> status.at("state", "waiting", "reason").isPresent())
        .map(status ->
            new WaitingContainer(
                status.at("name").textOr(""),
                status.at("state", "waiting", "reason").textOr(""),
                status.at("state", "waiting", "message").textOr("")))
        .toList();
  }

  private static Optional<Node> condition(Node pod, String type) {
    return pod.at("status", "conditions")
        .items()
        .filter(condition -> condition.at("type").textOr("").equals(type))
        .findFirst();
  }
}
