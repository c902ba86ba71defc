package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is too fine to be recorded: how the pods move from one revision to the other.
 *
 * @param revisions those that have pods now and the restart's own, the newest first
 * @param steps how far an Argo Rollout has come with its steps; null where none is taken yet, where
 *     it was aborted, where it has none and waits for nothing, and of other kinds
 */
public record RolloutDetail(List<RevisionPods> revisions, @Nullable StepProgress steps) {

  public RolloutDetail {
    revisions = List.copyOf(revisions);
  }

  public static RolloutDetail of(Trigger trigger, Landed landed, WorkloadState state) {
    Optional<Revision> ours = OurRevision.of(trigger, landed, state);
    return new RolloutDetail(
        revisions(ours, state), steps(trigger, ours.orElse(null), state.workload()));
  }

  /** The same of a restart that was cancelled, whose workload moves back. */
  public static RolloutDetail ofWayBack(Trigger trigger, Landed landed, WorkloadState state) {
    return new RolloutDetail(revisions(OurRevision.of(trigger, landed, state), state), null);
  }

  private static List<RevisionPods> revisions(Optional<Revision> ours, WorkloadState state) {
    return state.revisions().stream()
        .sorted(Comparator.comparingLong(Revision::number).reversed())
        .map(revision -> podsOf(revision, ours.filter(revision::equals).isPresent(), state))
        .filter(revision -> revision.isOurs() || revision.pods() > 0)
        .toList();
  }

  private static @Nullable StepProgress steps(
      Trigger trigger, @Nullable Revision ours, WorkloadSnapshot workload) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (workload) {
            case ArgoRolloutSnapshot rollout -> steps(ours, rollout);
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> null;
          };
      case RestartAt, Eviction -> null;
    };
  }

  private static @Nullable StepProgress steps(
      @Nullable Revision ours, ArgoRolloutSnapshot rollout) {
    // Before, its status tells of the steps to the revision before; aborted, of the first again.
    if (ours == null || !OurRevision.isCurrent(ours, rollout) || rollout.update().isAborted()) {
      return null;
    }
    StepProgress steps = StepProgress.of(rollout);
    return steps.areNone() ? null : steps;
  }

  private static RevisionPods podsOf(Revision revision, boolean isOurs, WorkloadState state) {
    List<PodSnapshot> pods =
        state.pods().stream().filter(pod -> !pod.ended()).filter(revision::hasMade).toList();
    return new RevisionPods(
        revision.name(),
        revision.number(),
        isOurs,
        pods.size(),
        count(pods.stream().filter(PodSnapshot::serves).count()),
        count(pods.stream().filter(PodSnapshot::terminating).count()));
  }

  private static int count(long pods) {
    return Math.toIntExact(pods);
  }
}
