package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workload's pods, parted by whether a restart has made them. Pods that have ended for good are
 * in none of the lists.
 *
 * @param before pods from before the restart, terminating ones included
 * @param since pods of the restart that are to stay
 * @param kept pods below a StatefulSet's partition, which the restart is not about
 * @param toReplace how many pods the restart is to replace
 */
record PodsByAge(
    List<PodSnapshot> before, List<PodSnapshot> since, List<PodSnapshot> kept, int toReplace) {

  static PodsByAge of(Trigger trigger, Landed landed, WorkloadState state) {
    Optional<Revision> ours = OurRevision.made(trigger, landed, state);
    List<PodSnapshot> before = new ArrayList<>();
    List<PodSnapshot> since = new ArrayList<>();
    List<PodSnapshot> kept = new ArrayList<>();
    for (PodSnapshot pod : state.pods()) {
      if (pod.ended()) {
        continue;
      }
      if (isKept(pod, trigger, landed, state)) {
        kept.add(pod);
      } else if (!isSince(pod, trigger, ours)) {
        before.add(pod);
      } else if (!pod.terminating() && !isSurplus(pod, state)) {
        since.add(pod);
      }
    }
    return new PodsByAge(before, since, kept, toReplace(trigger, landed, state));
  }

  /**
   * The pods of a workload that goes back to the revision before, where they change places: {@code
   * before} are those that the restart has made, {@code since} those of any other revision. What a
   * rollout that was under way when the restart began makes of the latter is not ours. Those that
   * the restart has made are to be replaced, be they below a partition.
   */
  static PodsByAge ofWayBack(Trigger trigger, Landed landed, WorkloadState state) {
    Optional<Revision> ours = OurRevision.made(trigger, landed, state);
    List<PodSnapshot> before = new ArrayList<>();
    List<PodSnapshot> since = new ArrayList<>();
    List<PodSnapshot> kept = new ArrayList<>();
    for (PodSnapshot pod : state.pods()) {
      if (pod.ended()) {
        continue;
      }
      boolean isOurs = ours.filter(revision -> revision.hasMade(pod)).isPresent();
      if (isOurs) {
        before.add(pod);
      } else if (isKept(pod, trigger, landed, state)) {
        kept.add(pod);
      } else if (pod.terminating() && isLeft(pod, state)) {
        before.add(pod);
      } else if (!pod.terminating() && !isSurplus(pod, state)) {
        since.add(pod);
      }
    }
    return new PodsByAge(before, since, kept, toReplace(trigger, landed, state));
  }

  /** With a short history a ReplicaSet, ours perhaps, is gone before the last of its pods. */
  private static boolean isLeft(PodSnapshot pod, WorkloadState state) {
    return state.revisions().stream().noneMatch(revision -> revision.hasMade(pod));
  }

  /**
   * A new revision's pods are those it has made, whatever their creation time; with {@code
   * restartAt} and with evictions the ReplicaSet stays, and the creation time decides as it does
   * for Argo.
   */
  private static boolean isSince(PodSnapshot pod, Trigger trigger, Optional<Revision> ours) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          ours.filter(revision -> revision.hasMade(pod)).isPresent();
      case RestartAt, Eviction -> !pod.createdAt().isBefore(trigger.value());
    };
  }

  private static boolean isKept(
      PodSnapshot pod, Trigger trigger, Landed landed, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (state.workload()) {
            case StatefulSetSnapshot set -> landed.isKept(pod, set);
            case DeploymentSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ -> false;
          };
      case RestartAt, Eviction -> false;
    };
  }

  /** A StatefulSet's controller takes them away in order, and waits for those that stay. */
  private static boolean isSurplus(PodSnapshot pod, WorkloadState state) {
    return switch (state.workload()) {
      case StatefulSetSnapshot set -> set.isSurplus(pod);
      case DeploymentSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ -> false;
    };
  }

  /** A partition holds a new revision back, not an eviction. */
  private static int toReplace(Trigger trigger, Landed landed, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> landed.toReplace(state.workload());
      case RestartAt, Eviction -> state.workload().desired();
    };
  }

  long stillRunningBefore() {
    return before.stream().filter(pod -> !pod.terminating()).count();
  }

  /**
   * The pods of the restart that are available, as far as it can be told: a pod shows whether it is
   * ready, and only the workload's count knows {@code minReadySeconds}.
   *
   * @param reported available pods of all ages, as the workload's status counts them
   */
  int availableSince(int reported) {
    return Math.max(0, Math.min(ready(since), reported - ready(kept)));
  }

  private static int ready(List<PodSnapshot> pods) {
    return Math.toIntExact(pods.stream().filter(PodSnapshot::ready).count());
  }
}
