package dev.reprise.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reprise.workload.AnnotationRoom;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How much room the annotations of a workload leave. */
final class AnnotationMapping {

  /**
   * What neither controller copies: {@code annotationsToSkip} of the Deployment's, in {@code
   * deployment_util.go}, and of Argo's, in {@code utils/annotations/annotations.go}.
   */
  private static final Set<String> NOT_COPIED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          "deployment.kubernetes.io/revision",
          "deployment.kubernetes.io/revision-history",
          "deployment.kubernetes.io/desired-replicas",
          "deployment.kubernetes.io/max-replicas",
          "deprecated.deployment.rollback.to",
          "rollout.argoproj.io/revision",
          "rollout.argoproj.io/revision-history",
          "rollout.argoproj.io/desired-replicas");

  private AnnotationMapping() {}

  static AnnotationRoom of(WorkloadKind kind, Node workload) {
    Node own = workload.at("metadata", "annotations");
    Node template = workload.at("spec", "template", "metadata", "annotations");
    return new AnnotationRoom(
        bytes(own, _ -> true),
        switch (kind) {
          case Deployment, ArgoRollout -> bytes(own, key -> !NOT_COPIED.contains(key));
          // Their ControllerRevisions get as many as they have themselves.
          case StatefulSet, DaemonSet -> 0;
        },
        bytes(template, _ -> true));
  }

  private static int bytes(Node annotations, Predicate<String> counted) {
    return annotations.json() instanceof JsonObject object
        ? object.entrySet().stream()
            .filter(entry -> !isOurs(entry.getKey()) && counted.test(entry.getKey()))
            .mapToInt(AnnotationMapping::bytes)
            .sum()
        : 0;
  }

  private static boolean isOurs(String key) {
    return key.equals(WorkloadMetadata.CLAIM) || key.equals(PodTemplate.RESTARTED_AT);
  }

  private static int bytes(Map.Entry<String, JsonElement> annotation) {
    return annotation.getKey().getBytes(UTF_8).length
        + annotation.getValue().getAsString().getBytes(UTF_8).length;
  }
}
