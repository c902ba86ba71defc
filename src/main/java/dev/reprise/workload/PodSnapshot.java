package dev.reprise.workload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod of a workload.
 *
 * @param owner the ReplicaSet, StatefulSet or DaemonSet that controls it
 * @param revision its label {@code controller-revision-hash}; empty when it has none
 * @param node where it runs; empty before it is scheduled
 * @param termination how it is on its way out; null when it is not
 * @param ended whether all its containers have ended for good; such a pod of a ReplicaSet stays
 *     until somebody deletes it, and no controller counts it
 * @param ready whether its condition Ready is true
 * @param unschedulable why no node takes it, or null when one did or none was looked for yet
 * @param waiting its containers that wait and therefore don't run
 */
public record PodSnapshot(
    String name,
    String uid,
    Owner owner,
    String revision,
    Instant createdAt,
    String node,
    @Nullable Termination termination,
    boolean ended,
    boolean ready,
    @Nullable String unschedulable,
    List<WaitingContainer> waiting) {

  public PodSnapshot {
    waiting = List.copyOf(waiting);
  }

  /**
   * Its place in a StatefulSet, as the number at the end of its name tells; -1 when none does.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#ordinal-index">Ordinal
   *     index</a>
   */
  public int ordinal() {
    String last = name.substring(name.lastIndexOf('-') + 1);
    return last.matches("\\d{1,9}") ? Integer.parseInt(last) : -1;
  }

  /**
   * The end of a pod, once its deletion has begun.
   *
   * @param due when its grace period is over: a pod still there much later is stuck
   * @param isForTheNode whether it is deleted because its node does not answer
   */
  public record Termination(Instant due, boolean isForTheNode) {}

  public boolean terminating() {
    return termination != null;
  }

  /** Whether it is ready and not on its way out. */
  public boolean serves() {
    return ready && !terminating();
  }

  /** What controls a pod; empty texts where nothing does. */
  public record Owner(String kind, String name, String uid) {
    public static final Owner NONE = new Owner("", "", "");

    public boolean isReplicaSet() {
      return kind.equals("ReplicaSet");
    }
  }

  /** A container that doesn't run, with the kubelet's reason, for instance CrashLoopBackOff. */
  public record WaitingContainer(String name, String reason, String message) {}
}
