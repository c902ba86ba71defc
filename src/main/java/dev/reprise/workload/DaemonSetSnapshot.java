package dev.reprise.workload;

import java.util.List;

/**
 * A DaemonSet. Its API has neither a progress deadline nor conditions.
 *
 * @param desired {@code status.desiredNumberScheduled}: the nodes that should run a pod of it
 * @param counts of the nodes that do: {@code total} is those that run one, {@code updated} those
 *     whose pod is of the newest revision
 */
public record DaemonSetSnapshot(
    WorkloadMetadata metadata,
    int desired,
    ReplicaCounts counts,
    UpdateStrategy strategy,
    PodTemplate template,
    List<Condition> conditions)
    implements WorkloadSnapshot {

  public DaemonSetSnapshot {
    conditions = List.copyOf(conditions);
  }

  /**
   * How many nodes may get their new pod before the old one goes, rounded up as its controller does
   * ({@code updatedDesiredNodeCounts}).
   */
  public int surge() {
    return switch (strategy) {
      case UpdateStrategy.RollingUpdate(IntOrPercent maxSurge, _) -> maxSurge.ofRoundedUp(desired);
      case UpdateStrategy.OnDelete(), UpdateStrategy.Recreate() -> 0;
    };
  }
}
