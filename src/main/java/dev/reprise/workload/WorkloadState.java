package dev.reprise.workload;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A workload with what it owns.
 *
 * @param replicaSets the ReplicaSets that it controls
 * @param pods its pods, terminating ones included, also those whose ReplicaSet is already gone
 *     (with a short revision history that happens before the last of them has ended)
 */
public record WorkloadState(
    WorkloadSnapshot workload, List<ReplicaSetSnapshot> replicaSets, List<PodSnapshot> pods) {

  public WorkloadState {
    replicaSets = List.copyOf(replicaSets);
    pods = List.copyOf(pods);
  }

  /** The creation time of the newest pod; empty when there is none. */
  public Optional<Instant> newestPod() {
    return pods.stream().map(PodSnapshot::createdAt).max(Comparator.naturalOrder());
  }

  /** The ReplicaSet made from the template with this hash. */
  public Optional<ReplicaSetSnapshot> replicaSetOf(String templateHash) {
    return replicaSets.stream()
        .filter(replicaSet -> replicaSet.template().hash().equals(templateHash))
        .findFirst();
  }

  /** The highest revision number among the ReplicaSets; 0 when none has one. */
  public long highestRevision() {
    return replicaSets.stream().mapToLong(ReplicaSetSnapshot::revision).max().orElse(0);
  }
}
