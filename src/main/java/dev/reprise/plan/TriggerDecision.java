package dev.reprise.plan;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a restart writes. */
public final class TriggerDecision {

  private TriggerDecision() {}

  /**
   * The trigger for a restart that begins now.
   *
   * @param state the workload as it is written under; what it owns may be some milliseconds behind
   * @param serverTime the API server's clock, never our own
   */
  public static Trigger decide(Mechanism mechanism, WorkloadState state, Instant serverTime) {
    Instant now = serverTime.truncatedTo(ChronoUnit.SECONDS);
    WorkloadSnapshot workload = state.workload();
    return new Trigger(
        mechanism,
        switch (mechanism) {
          case TemplateAnnotation, ReferencedTemplateAnnotation -> unlikeAnyRevision(state, now);
          case RestartAt, Eviction -> afterEveryPod(state, now);
        },
        workload.ref(),
        workload.metadata().uid(),
        workload.metadata().generation().current(),
        formerValue(mechanism, state),
        state.templateHash(mechanism),
        state.highestRevision());
  }

  /**
   * A text that no revision has: with the text of an earlier one the Deployment controller would go
   * back to that one's ReplicaSet instead of making a new one.
   */
  private static Instant unlikeAnyRevision(WorkloadState state, Instant now) {
    Set<@Nullable String> taken = new HashSet<>();
    taken.add(state.podTemplate().restartedAt());
    state.revisions().stream()
        .map(Revision::template)
        .forEach(template -> taken.add(template.restartedAt()));
    Instant value = now;
    while (taken.contains(value.toString())) {
      value = value.plusSeconds(1);
    }
    return value;
  }

  /**
   * Argo spares a pod whose creation time, in whole seconds, is not before {@code restartAt}, and
   * takes a {@code restartAt} equal to {@code status.restartedAt} as carried out. So it is the next
   * second: pods of this one are old then, those too that were made a moment ago and not seen yet.
   * The cut of our own evictions is found in the same way, and by the same comparison.
   */
  private static Instant afterEveryPod(WorkloadState state, Instant now) {
    Instant next = now.plusSeconds(1);
    Instant value =
        state
            .newestPod()
            .map(newest -> newest.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))
            .filter(next::isBefore)
            .orElse(next);
    while (isTaken(value, state.workload())) {
      value = value.plusSeconds(1);
    }
    return value;
  }

  private static boolean isTaken(Instant value, WorkloadSnapshot workload) {
    return switch (workload) {
      case ArgoRolloutSnapshot rollout ->
          value.equals(rollout.restartedAt()) || value.equals(rollout.restartAt());
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> false;
    };
  }

  private static @Nullable String formerValue(Mechanism mechanism, WorkloadState state) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> state.podTemplate().restartedAt();
      case Eviction -> null;
      case RestartAt ->
          switch (state.workload()) {
            case ArgoRolloutSnapshot rollout -> Objects.toString(rollout.restartAt(), null);
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> null;
          };
    };
  }
}
