package dev.reprise.workload;

import java.util.List;

/**
 * A StatefulSet. Its API has neither a progress deadline nor conditions.
 *
 * @param partition how many pods, those with the lowest ordinals, keep the revision they have
 * @param isOrdered whether a pod that is not ready keeps its controller from all others ({@code
 *     podManagementPolicy: OrderedReady})
 * @param countsUnready whether its controller counts pods that are not ready, whatever their
 *     revision, among those that may be missing, as it does since Kubernetes 1.37 (feature {@code
 *     MaxUnavailableStatefulSet}); otherwise it replaces the highest pod whether those below are
 *     ready or not
 * @param firstOrdinal the ordinal of its first pod, {@code spec.ordinals.start}
 */
public record StatefulSetSnapshot(
    WorkloadMetadata metadata,
    int desired,
    ReplicaCounts counts,
    UpdateStrategy strategy,
    boolean isOrdered,
    boolean countsUnready,
    int partition,
    int firstOrdinal,
    PodTemplate template,
    List<Condition> conditions)
    implements WorkloadSnapshot {

  public StatefulSetSnapshot {
    conditions = List.copyOf(conditions);
  }

  /** The pods from the partition upwards; 0 when it leaves out all of them. */
  @Override
  public int toReplace() {
    return Math.max(0, desired - partition);
  }

  /** Whether the partition leaves the pod out: its place among the pods is below it. */
  public boolean isKept(PodSnapshot pod) {
    return pod.ordinal() < firstOrdinal + partition;
  }
}
