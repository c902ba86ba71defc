package dev.reprise.workload;

import org.jspecify.annotations.Nullable;

/**
 * What a trigger's write left in its workload.
 *
 * @param generation the workload's generation after the write; a cache that shows an earlier one
 *     has not seen it yet
 * @param templateHash of the pod template after the write; another one later is someone else's
 * @param partition of a StatefulSet after the write; null where it was not known, and for the other
 *     kinds
 */
public record Landed(long generation, String templateHash, @Nullable Integer partition) {

  /**
   * Whether somebody has changed the template since.
   *
   * @param hashNow false for whatever it is where the hash after the write was not known
   */
  public boolean isTemplateChanged(String hashNow) {
    return !templateHash.isEmpty() && !templateHash.equals(hashNow);
  }

  /** How many pods the new revision is to have. */
  public int toReplace(WorkloadSnapshot workload) {
    return switch (workload) {
      case StatefulSetSnapshot set -> Math.max(0, set.desired() - leftOut(set));
      case DeploymentSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ -> workload.desired();
    };
  }

  /** Whether the pod is to keep the revision that it has. */
  public boolean isKept(PodSnapshot pod, StatefulSetSnapshot set) {
    return !set.isSurplus(pod) && pod.ordinal() < set.firstOrdinal() + leftOut(set);
  }

  /**
   * How many pods, those with the lowest ordinals. One that is lowered since lets its controller
   * replace more of them; one that is raised does not make the restart a smaller one.
   */
  private int leftOut(StatefulSetSnapshot set) {
    return switch (set.strategy()) {
      case UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ ->
          partition == null ? set.partition() : Math.min(partition, set.partition());
      // It has none.
      case UpdateStrategy.OnDelete() -> partition == null ? 0 : partition;
    };
  }

  /** What can be seen of it in the object that was written. */
  public static Landed in(WorkloadSnapshot written, Mechanism mechanism) {
    return new Landed(
        written.metadata().generation().current(),
        written.templateHash(mechanism),
        switch (written) {
          case StatefulSetSnapshot set -> set.partition();
          case DeploymentSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ -> null;
        });
  }
}
