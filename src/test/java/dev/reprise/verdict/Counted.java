package dev.reprise.verdict;

import com.google.gson.JsonObject;
import dev.reprise.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A workload's status as its controller counts its pods, for Kubernetes 1.37. */
final class Counted {

  private Counted() {}

  /**
   * The patch of the status.
   *
   * @param desired nodes that a DaemonSet is for
   * @param newest the revision of the present template, not made yet perhaps
   */
  static JsonObject status(
      WorkloadKind kind, List<LaidPod> pods, int desired, String newest, long generation) {
    Predicate<LaidPod> updated = pod -> pod.revision().name().equals(newest);
    return switch (kind) {
      case Deployment -> deployment(pods, updated, generation);
      case StatefulSet -> statefulSet(pods, updated, generation);
      case DaemonSet -> daemonSet(pods, desired, updated, generation);
      case ArgoRollout -> throw new IllegalArgumentException("Argo counts for itself");
    };
  }

  /** Terminating pods are left out altogether. */
  private static JsonObject deployment(
      List<LaidPod> pods, Predicate<LaidPod> updated, long generation) {
    List<LaidPod> active = pods.stream().filter(LaidPod::isCounted).toList();
    return Json.of(
        """
        {status: {observedGeneration: %d, replicas: %d, updatedReplicas: %d, readyReplicas: %d,
          availableReplicas: %d}}
        """,
        generation,
        active.size(),
        count(active, updated),
        count(active, LaidPod::isReady),
        count(active, LaidPod::isAvailable));
  }

  /** {@code computeReplicaStatus}: a terminating pod that is ready counts as ready. */
  private static JsonObject statefulSet(
      List<LaidPod> pods, Predicate<LaidPod> updated, long generation) {
    Predicate<LaidPod> active = LaidPod::isCounted;
    return Json.of(
        """
        {status: {observedGeneration: %d, replicas: %d, updatedReplicas: %d, currentReplicas: %d,
          readyReplicas: %d, availableReplicas: %d}}
        """,
        generation,
        pods.size(),
        count(pods, active.and(updated)),
        count(pods, active.and(updated.negate())),
        count(pods, LaidPod::isReady),
        count(pods, LaidPod::isAvailable));
  }

  /** {@code updateDaemonSetStatus}: of a node's pods the oldest counts, terminating or not. */
  private static JsonObject daemonSet(
      List<LaidPod> pods, int desired, Predicate<LaidPod> updated, long generation) {
    Map<Integer, LaidPod> oldest = new LinkedHashMap<>();
    pods.stream()
        .filter(pod -> pod.place() < desired)
        .filter(pod -> pod.behaviour() != Behaviour.Ended)
        .forEach(pod -> oldest.putIfAbsent(pod.place(), pod));
    List<LaidPod> counted = new ArrayList<>(oldest.values());
    return Json.of(
        """
        {status: {observedGeneration: %d, desiredNumberScheduled: %d, currentNumberScheduled: %d,
          updatedNumberScheduled: %d, numberReady: %d, numberAvailable: %d, numberMisscheduled: %d}}
        """,
        generation,
        desired,
        counted.size(),
        count(counted, updated),
        count(counted, LaidPod::isReady),
        count(counted, LaidPod::isAvailable),
        count(pods, pod -> pod.place() >= desired));
  }

  private static long count(Collection<LaidPod> pods, Predicate<LaidPod> which) {
    return pods.stream().filter(which).count();
  }
}
