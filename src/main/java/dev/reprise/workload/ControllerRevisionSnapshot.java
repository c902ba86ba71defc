package dev.reprise.workload;

/**
 * A ControllerRevision, of a StatefulSet or a DaemonSet.
 *
 * @param label what {@link PodSnapshot#revision} of its pods is
 */
public record ControllerRevisionSnapshot(
    String name, String uid, String ownerUid, long number, String label, PodTemplate template)
    implements Revision {

  @Override
  public boolean hasMade(PodSnapshot pod) {
    return pod.owner().uid().equals(ownerUid) && pod.revision().equals(label);
  }
}
