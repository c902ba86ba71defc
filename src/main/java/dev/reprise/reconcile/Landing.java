package dev.reprise.reconcile;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
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
    WorkloadSnapshot written = state.written(trigger.mechanism());
    if (written == null) {
      return Optional.empty();
    }
    long generation = written.metadata().generation().current();
    boolean isClaimed = restart.equals(written.metadata().claim());
    if (ambiguous && !isClaimed) {
      return Optional.empty();
    }
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          inTemplate(written, state, trigger)
              .or(() -> overwritten(generation, isClaimed && isTemplateChanged(written, trigger)));
      case RestartAt -> {
        ArgoRolloutSnapshot rollout = (ArgoRolloutSnapshot) written;
        yield inRestartAt(rollout, trigger)
            .or(() -> overwritten(generation, isClaimed && !trigger.isFormer(rollout.restartAt())));
      }
      // Only the claim is written, before the first eviction.
      case Eviction ->
          isClaimed ? Optional.of(Landed.in(written, trigger.mechanism())) : Optional.empty();
    };
  }

  /**
   * It has landed, and somebody has changed it since. Where what the trigger replaces is still
   * there, the claim proves nothing: it may stem from an earlier Restart of the same name, deleted
   * since.
   */
  private static Optional<Landed> overwritten(long generation, boolean isSo) {
    return isSo ? Optional.of(new Landed(generation, "overwritten", null)) : Optional.empty();
  }

  private static boolean isTemplateChanged(WorkloadSnapshot written, Trigger trigger) {
    return !written.template().hash().equals(trigger.formerTemplateHash());
  }

  private static Optional<Landed> inTemplate(
      WorkloadSnapshot written, WorkloadState state, Trigger trigger) {
    Landed left = Landed.in(written, trigger.mechanism());
    List<Revision> made = state.revisionsWith(trigger);
    return switch (state.workload()) {
      // The first that has our value: a later one with it was made from somebody else's change.
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ when !made.isEmpty() ->
          Optional.of(
              new Landed(left.generation(), made.getFirst().template().hash(), left.partition()));
      // A Rollout's ReplicaSet has another hash than the Rollout, but tells as much by its number.
      case ArgoRolloutSnapshot _ when made.size() > 1 -> overwritten(left.generation(), true);
      case DeploymentSnapshot _,
          StatefulSetSnapshot _,
          DaemonSetSnapshot _,
          ArgoRolloutSnapshot _ ->
          trigger.isIn(written.template())
              ? Optional.of(left)
              : overwritten(left.generation(), !made.isEmpty());
    };
  }

  /** {@code restartAt} leaves the template alone, so the one from before the write still counts. */
  private static Optional<Landed> inRestartAt(ArgoRolloutSnapshot rollout, Trigger trigger) {
    return trigger.value().equals(rollout.restartAt())
        ? Optional.of(
            new Landed(
                rollout.metadata().generation().current(), trigger.formerTemplateHash(), null))
        : Optional.empty();
  }
}
