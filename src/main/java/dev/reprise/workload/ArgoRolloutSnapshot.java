package dev.reprise.workload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An Argo Rollout.
 *
 * @param restartAt {@code spec.restartAt}: pods created before it are to be evicted
 * @param restartedAt {@code status.restartedAt}: the last {@code restartAt} that was carried out
 * @param phase {@code status.phase}: Healthy, Degraded, Progressing or Paused; empty when unset
 * @param message {@code status.message}; empty when unset
 */
public record ArgoRolloutSnapshot(
    WorkloadMetadata metadata,
    int desired,
    ReplicaCounts counts,
    ArgoStrategy strategy,
    PodTemplate template,
    @Nullable Instant restartAt,
    @Nullable Instant restartedAt,
    String phase,
    String message,
    List<Condition> conditions)
    implements WorkloadSnapshot {

  public ArgoRolloutSnapshot {
    conditions = List.copyOf(conditions);
  }
}
