package dev.reprise.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every workload has.
 *
 * @param claim the Restart named by the annotation {@link #CLAIM}, or null; untrusted text, since
 *     anyone who may edit the workload can write it
 * @param deleting whether its deletion has begun
 * @param managedBy what else writes to it
 */
public record WorkloadMetadata(
    WorkloadRef ref,
    String uid,
    String resourceVersion,
    Generation generation,
    @Nullable String claim,
    boolean deleting,
    List<ManagedBy> managedBy) {

  public WorkloadMetadata {
    managedBy = List.copyOf(managedBy);
  }

  /** The metadata annotation that names the Restart which restarts this object's pods. */
  public static final String CLAIM = "reprise.dev/restart";
}
