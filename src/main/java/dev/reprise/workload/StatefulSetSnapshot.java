package dev.reprise.workload;

import java.util.List;

/**
 * A StatefulSet. Its API has neither a progress deadline nor conditions.
 *
 * @param partition how many pods, those with the lowest ordinals, keep the revision they have
 * @param isOrdered whether a pod that is not ready keeps its controller from all others ({@code
 *     podManagementPolicy: OrderedReady})
 * @param firstOrdinal the ordinal of its first pod, {@code spec.ordinals.start}
 */
public record StatefulSetSnapshot(
    WorkloadMetadata metadata,
    int desired,
    ReplicaCounts counts,
    UpdateStrategy strategy,
    boolean isOrdered,
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
