package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.Comparator;
import java.util.Optional;

/** The revision whose pods are those of a restart. */
final class OurRevision {

  private OurRevision() {}

  /** Empty while there is none. */
  static Optional<Revision> of(Trigger trigger, Landed landed, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> made(trigger, landed, state);
      case RestartAt, Eviction -> within(trigger, state);
    };
  }

  /** The one that a change of the pod template has made; empty while there is none. */
  static Optional<Revision> made(Trigger trigger, Landed landed, WorkloadState state) {
    return switch (state.workload()) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
          state.revisionOf(landed.templateHash());
      case ArgoRolloutSnapshot _ -> withOurValue(trigger, state);
    };
  }

  /**
   * A Rollout's ReplicaSet has the defaults of a pod template, the Rollout, whose schema has none,
   * has not: their hashes differ. A later one with our value was made from somebody else's change.
   */
  private static Optional<Revision> withOurValue(Trigger trigger, WorkloadState state) {
    return state.revisionsWith(trigger).stream().findFirst();
  }

  /**
   * The one that a cancelled restart goes back to; empty while its controller has not looked.
   *
   * @param takenBack what taking the trigger back left in the workload
   */
  static Optional<Revision> former(
      Trigger trigger, Landed landed, Landed takenBack, WorkloadState state) {
    return switch (state.workload()) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
          state.revisionOf(takenBack.templateHash());
      case ArgoRolloutSnapshot rollout -> {
        Optional<Revision> ours = made(trigger, landed, state);
        yield state.revisions().stream()
            .filter(revision -> isCurrent(revision, rollout))
            .filter(revision -> ours.filter(revision::equals).isEmpty())
            .findFirst();
      }
    };
  }

  /**
   * Whether to undo the restart helps: pods of the newest revision but ours serve, which those of
   * the one that failed need not do.
   */
  static boolean isFormerWell(Optional<Revision> ours, WorkloadState state) {
    return state.revisions().stream()
        .filter(revision -> ours.filter(revision::equals).isEmpty())
        .max(Comparator.comparingLong(Revision::number))
        .filter(
            former -> state.pods().stream().anyMatch(pod -> pod.serves() && former.hasMade(pod)))
        .isPresent();
  }

  /** Whether the Rollout's status is about this revision. */
  static boolean isCurrent(Revision revision, ArgoRolloutSnapshot rollout) {
    return isOf(rollout.update().currentHash(), revision);
  }

  /** Whether it is promoted in full. */
  static boolean isStable(Revision revision, ArgoRolloutSnapshot rollout) {
    return isOf(rollout.update().stableHash(), revision);
  }

  /** A ReplicaSet's name ends with its pod hash. */
  private static boolean isOf(String podHash, Revision revision) {
    return revision.name().endsWith("-" + podHash);
  }

  /** The one that pods are recreated within: the newest when the restart began. */
  static Optional<Revision> within(Trigger trigger, WorkloadState state) {
    return state.revisions().stream()
        .filter(revision -> revision.number() == trigger.formerRevision())
        .findFirst();
  }
}
