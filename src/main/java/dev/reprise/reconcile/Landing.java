package dev.reprise.reconcile;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Tells from a live read whether a trigger has been written, whoever wrote it. */
final class Landing {

  private Landing() {}

  /**
   * What our write left, as far as it can still be seen: our name in the claim, or our value in the
   * spec or in a revision. Where someone has since changed the template, the hash returned differs
   * from the present one, and the restart will be told as superseded.
   *
   * @param ambiguous whether the value may stem from another Restart, so that only the claim counts
   */
  static Optional<Landed> of(
      WorkloadState state, Trigger trigger, String restart, boolean ambiguous) {
    WorkloadSnapshot workload = state.workload();
    long generation = workload.metadata().generation().current();
    boolean isClaimed = restart.equals(workload.metadata().claim());
    if (ambiguous && !isClaimed) {
      return Optional.empty();
    }
    Optional<Landed> revision =
        revisionOf(state, trigger).map(made -> new Landed(generation, made.template().hash()));
    if (revision.isPresent()) {
      return revision;
    }
    if (isInSpec(workload, trigger)) {
      return Optional.of(new Landed(generation, hashFor(workload, trigger)));
    }
    return isClaimed && isChanged(workload, trigger)
        ? Optional.of(new Landed(generation, "overwritten"))
        : Optional.empty();
  }

  /**
   * Whether what the trigger replaces is no longer there. If it is, the claim alone proves nothing:
   * it may stem from an earlier Restart of the same name, deleted since.
   */
  private static boolean isChanged(WorkloadSnapshot workload, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation -> !workload.template().hash().equals(trigger.formerTemplateHash());
      case RestartAt ->
          switch (workload) {
            case ArgoRolloutSnapshot rollout ->
                !Objects.equals(Objects.toString(rollout.restartAt(), null), trigger.formerValue());
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> false;
          };
    };
  }

  /** The first that has our value: a later one with it was made from somebody else's change. */
  private static Optional<Revision> revisionOf(WorkloadState state, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation ->
          state.revisions().stream()
              .filter(made -> isIn(made.template(), trigger))
              .min(Comparator.comparingLong(Revision::number));
      case RestartAt -> Optional.empty();
    };
  }

  private static boolean isInSpec(WorkloadSnapshot workload, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation -> isIn(workload.template(), trigger);
      case RestartAt ->
          switch (workload) {
            case ArgoRolloutSnapshot rollout -> trigger.value().equals(rollout.restartAt());
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> false;
          };
    };
  }

  /** {@code restartAt} leaves the template alone, so the one from before the write still counts. */
  private static String hashFor(WorkloadSnapshot workload, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation -> workload.template().hash();
      case RestartAt -> trigger.formerTemplateHash();
    };
  }

  private static boolean isIn(PodTemplate template, Trigger trigger) {
    return Objects.equals(template.restartedAt(), trigger.text());
  }
}
