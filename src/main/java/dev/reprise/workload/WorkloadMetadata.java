package dev.reprise.workload;

import org.jspecify.annotations.Nullable;

/**
 * What every workload has.
 *
 * @param claim the Restart named by the annotation {@link #CLAIM}, or null; untrusted text, since
 *     anyone who may edit the workload can write it
 * @param deleting whether its deletion has begun
 */
public record WorkloadMetadata(
    WorkloadRef ref,
    String uid,
    String resourceVersion,
    Generation generation,
    @Nullable String claim,
    boolean deleting) {

  /** The metadata annotation that names the Restart which restarts this object's pods. */
  public static final String CLAIM = "reprise.dev/restart";
}
