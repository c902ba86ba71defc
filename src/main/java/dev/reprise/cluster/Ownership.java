package dev.reprise.cluster;

import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a namespace's objects are a workload's own. All controllers name a revision after its
 * workload, with one more part.
 */
final class Ownership {

  private Ownership() {}

  /** The workload with those of the revisions and pods that are its own. */
  static WorkloadState stateOf(
      WorkloadSnapshot workload, List<? extends Revision> revisions, List<PodSnapshot> pods) {
    String uid = workload.metadata().uid();
    List<Revision> owned =
        revisions.stream()
            .<Revision>map(revision -> revision)
            .filter(revision -> revision.ownerUid().equals(uid))
            .toList();
    Set<String> owners = new HashSet<>(Set.of(uid));
    owned.forEach(revision -> owners.add(revision.uid()));
    Set<String> known = new HashSet<>(owners);
    revisions.forEach(revision -> known.add(revision.uid()));
    return new WorkloadState(
        workload,
        owned,
        pods.stream()
            .filter(pod ->
                owners.contains(pod.owner().uid())
                    || (!known.contains(pod.owner().uid())
                        && isOfVanishedReplicaSet(pod, workload.ref())))
            .toList());
  }

  /**
   * With a short revision history a ReplicaSet is removed while its last pods are still
   * terminating.
   */
  private static boolean isOfVanishedReplicaSet(PodSnapshot pod, WorkloadRef workload) {
    return makesReplicaSets(workload.kind())
        && pod.owner().isReplicaSet()
        && workloadName(pod).equals(workload.name());
  }

  static boolean makesReplicaSets(WorkloadKind kind) {
    return switch (kind) {
      case Deployment, ArgoRollout -> true;
      case StatefulSet, DaemonSet -> false;
    };
  }

  /** The name of the workload that the pod is probably of; empty when it has none. */
  static String workloadName(PodSnapshot pod) {
    String owner = pod.owner().name();
    return pod.owner().isReplicaSet() ? nameOfMaker(owner) : owner;
  }

  /** The name of the workload that made a revision of this name: all but its last part. */
  static String nameOfMaker(String revision) {
    int dash = revision.lastIndexOf('-');
    return dash < 0 ? "" : revision.substring(0, dash);
  }
}
