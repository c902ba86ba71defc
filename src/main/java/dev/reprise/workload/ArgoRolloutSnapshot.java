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
 * @param update where it is between two revisions
 * @param reference where it takes its pod template from; null when it has one of its own
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
    List<Condition> conditions,
    ArgoUpdate update,
    @Nullable TemplateReference reference)
    implements WorkloadSnapshot {

  public ArgoRolloutSnapshot {
    conditions = List.copyOf(conditions);
  }

  /** One with a template of its own and nothing under way. */
  public ArgoRolloutSnapshot(
      WorkloadMetadata metadata,
      int desired,
      ReplicaCounts counts,
      ArgoStrategy strategy,
      PodTemplate template,
      @Nullable Instant restartAt,
      @Nullable Instant restartedAt,
      String phase,
      String message,
      List<Condition> conditions) {
    this(
        metadata,
        desired,
        counts,
        strategy,
        template,
        restartAt,
        restartedAt,
        phase,
        message,
        conditions,
        ArgoUpdate.NONE,
        null);
  }

  /** The Deployment that it takes its pod template from; null when it takes it from none. */
  public @Nullable WorkloadRef lender() {
    return reference != null && reference.isToDeployment()
        ? new WorkloadRef(WorkloadKind.Deployment, ref().namespace(), reference.name())
        : null;
  }
}
