package dev.reprise.workload;

/** A ReplicaSet, of a Deployment or an Argo Rollout. */
public record ReplicaSetSnapshot(
    String name, String uid, String ownerUid, long number, int desired, PodTemplate template)
    implements Revision {

  @Override
  public boolean hasMade(PodSnapshot pod) {
    return pod.owner().uid().equals(uid);
  }
}
