package dev.reprise.workload;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every workload has.
 *
 * @param claim the Restart named by the annotation {@link #CLAIM}, or null; untrusted text, since
 *     anyone who may edit the workload can write it
 * @param deleting whether its deletion has begun
 * @param managedBy what else writes to it
 * @param historyLimit how many revisions without pods its controller keeps
 * @param labels its own, not those of its pods
 * @param restartPolicy what its owner lets be done to it
 * @param annotations how much room there is for more of them
 * @param reloading its annotations that say when a change of configuration restarts it; untrusted
 *     text too
 */
public record WorkloadMetadata(
    WorkloadRef ref,
    String uid,
    String resourceVersion,
    Generation generation,
    @Nullable String claim,
    boolean deleting,
    List<ManagedBy> managedBy,
    int historyLimit,
    Map<String, String> labels,
    RestartPolicy restartPolicy,
    AnnotationRoom annotations,
    Map<String, String> reloading) {

  /** What the API takes {@code revisionHistoryLimit} for when it is not given. */
  public static final int DEFAULT_HISTORY_LIMIT = 10;

  public WorkloadMetadata {
    managedBy = List.copyOf(managedBy);
    labels = Map.copyOf(labels);
    reloading = Map.copyOf(reloading);
  }

  /** One that says nothing of configuration. */
  public WorkloadMetadata(
      WorkloadRef ref,
      String uid,
      String resourceVersion,
      Generation generation,
      @Nullable String claim,
      boolean deleting,
      List<ManagedBy> managedBy,
      int historyLimit,
      Map<String, String> labels,
      RestartPolicy restartPolicy,
      AnnotationRoom annotations) {
    this(
        ref,
        uid,
        resourceVersion,
        generation,
        claim,
        deleting,
        managedBy,
        historyLimit,
        labels,
        restartPolicy,
        annotations,
        Map.of());
  }

  /** One with the usual history, without labels and annotations, whose owner allows restarts. */
  public WorkloadMetadata(
      WorkloadRef ref,
      String uid,
      String resourceVersion,
      Generation generation,
      @Nullable String claim,
      boolean deleting,
      List<ManagedBy> managedBy) {
    this(
        ref,
        uid,
        resourceVersion,
        generation,
        claim,
        deleting,
        managedBy,
        DEFAULT_HISTORY_LIMIT,
        Map.of(),
        RestartPolicy.Allow,
        AnnotationRoom.EMPTY);
  }

  /** The metadata annotation that names the Restart which restarts this object's pods. */
  public static final String CLAIM = "reprise.dev/restart";
}
