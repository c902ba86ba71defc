package dev.reprise.cluster;

import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.WorkloadRef;

/**
 * To which workload a pod belongs whose ReplicaSet is gone: with a short revision history the
 * ReplicaSet is removed while its last pods are still terminating. Both controllers name a
 * ReplicaSet after its workload, with one more part.
 */
final class Ownership {

  private Ownership() {}

  /** The name of the workload that the pod's ReplicaSet was made for; empty when it has none. */
  static String workloadName(PodSnapshot pod) {
    int dash = pod.ownerName().lastIndexOf('-');
    return dash < 0 ? "" : pod.ownerName().substring(0, dash);
  }

  static boolean namesOwner(PodSnapshot pod, WorkloadRef workload) {
    return workloadName(pod).equals(workload.name());
  }
}
