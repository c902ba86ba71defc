package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.ControllerRevisionSnapshot;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.Owner;
import dev.reprise.workload.PodSnapshot.Termination;
import dev.reprise.workload.PodSnapshot.WaitingContainer;
import dev.reprise.workload.ReplicaSetSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What workloads own, from the API server's JSON: ReplicaSets, ControllerRevisions and pods. */
final class OwnedMapping {

  private static final String REVISION_LABEL = "controller-revision-hash";
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

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

  /** Its data is a patch that sets {@code spec.template} and nothing else. */
  static ControllerRevisionSnapshot controllerRevision(JsonObject object) {
    Node node = Node.of(object);
    Node metadata = node.at("metadata");
    return new ControllerRevisionSnapshot(
        metadata.at("name").required(),
        metadata.at("uid").required(),
        controller(node).map(owner -> owner.at("uid").required()).orElse(""),
        node.at("revision").longOr(0),
        revisionLabel(node),
        WorkloadMapping.template(node.at("data", "spec", "template")));
  }

  /**
   * The label that its pods have. A StatefulSet's pods are labelled with the revision's name, a
   * DaemonSet's with its hash, which the revision has as a label too.
   */
  private static String revisionLabel(Node revision) {
    boolean isOfDaemonSet =
        controller(revision)
            .filter(owner -> owner.at("kind").textOr("").equals("DaemonSet"))
            .isPresent();
    return isOfDaemonSet
        ? revision.at("metadata", "labels", REVISION_LABEL).textOr("")
        : revision.at("metadata", "name").required();
  }

  static PodSnapshot pod(JsonObject object) {
    Node node = Node.of(object);
    return new PodSnapshot(
        node.at("metadata", "name").required(),
        node.at("metadata", "uid").required(),
        controller(node)
            .map(owner ->
                new Owner(
                    owner.at("kind").required(),
                    owner.at("name").required(),
                    owner.at("uid").required()))
            .orElse(Owner.NONE),
        node.at("metadata", "labels", REVISION_LABEL).textOr(""),
        Objects.requireNonNullElse(
            node.at("metadata", "creationTimestamp").instant(), Instant.EPOCH),
        node.at("spec", "nodeName").textOr(""),
        termination(node),
        ENDED.contains(node.at("status", "phase").textOr("")),
        isReady(node),
        unschedulable(node),
        waiting(node));
  }

  /** The reference to the one owner that controls the object. */
  static Optional<Node> controller(Node node) {
    return node.at("metadata", "ownerReferences")
        .items()
        .filter(owner -> owner.at("controller").isTrue())
        .findFirst();
  }

  /** The deletion timestamp lies in the future by the grace period. */
  private static @Nullable Termination termination(Node pod) {
    Instant due = pod.at("metadata", "deletionTimestamp").instant();
    return due == null
        ? null
        : new Termination(
            due,
            condition(pod, "DisruptionTarget")
                .filter(
                    condition -> condition.at("reason").textOr("").equals("DeletionByTaintManager"))
                .isPresent());
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
