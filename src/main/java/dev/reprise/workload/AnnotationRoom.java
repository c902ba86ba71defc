package dev.reprise.workload;

/**
 * How much room an object's annotations leave for ours. Counted in bytes of keys and values, as the
 * API server does, which refuses an object with more than {@link #LIMIT}. Without those that a
 * restart writes: they are about to be written anew.
 *
 * @param own all that the object itself has
 * @param copied those of them that its controller copies onto its ReplicaSets; zero when it has
 *     none, or copies as many as the object has, which the API server counts already
 * @param template those of its pod template
 */
public record AnnotationRoom(int own, int copied, int template) {

  /** {@code TotalAnnotationSizeLimitB} of {@code k8s.io/apimachinery/pkg/api/validation}. */
  public static final int LIMIT = 256 * 1024;

  /** What is known of an object that has none. */
  public static final AnnotationRoom EMPTY = new AnnotationRoom(0, 0, 0);

  /** The name of a Restart is a label's value, of 63 bytes at most. */
  private static final int CLAIM = WorkloadMetadata.CLAIM.length() + 63;

  private static final int RESTARTED_AT =
      PodTemplate.RESTARTED_AT.length() + "2026-01-01T00:00:00Z".length();

  /** Revision, desired and most replicas of a ReplicaSet, with keys of 41 bytes at most. */
  private static final int OF_ITS_CONTROLLER = 3 * 64;

  /** How many there are with the one that names a restart. */
  public int withClaim() {
    return own + CLAIM;
  }

  /** How many its ReplicaSet then has; zero when nothing is copied there. */
  public int ofReplicaSet() {
    return copied == 0 ? 0 : copied + CLAIM + OF_ITS_CONTROLLER;
  }

  /** How many its pods have after a restart. */
  public int ofPods() {
    return template + RESTARTED_AT;
  }
}
