package dev.reprise.rollout;

import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A workload's pods, parted by whether a restart has made them.
 *
 * @param before pods from before the restart, terminating ones included
 * @param since pods of the restart that are not terminating
 */
record PodsByAge(List<PodSnapshot> before, List<PodSnapshot> since) {

  /**
   * A new revision's pods belong to its ReplicaSet, whatever their creation time; with {@code
   * restartAt} the ReplicaSet stays, and the creation time decides as it does for Argo.
   */
  static PodsByAge of(Trigger trigger, Landed landed, WorkloadState state) {
    Predicate<PodSnapshot> isSince =
        switch (trigger.mechanism()) {
          case TemplateAnnotation -> {
            String ours =
                state
                    .replicaSetOf(landed.templateHash())
                    .map(ReplicaSetSnapshot::uid)
                    .orElse("none yet");
            yield pod -> pod.ownerUid().equals(ours);
          }
          case RestartAt -> pod -> !pod.createdAt().isBefore(trigger.value());
        };
    Map<Boolean, List<PodSnapshot>> parted =
        state.pods().stream().collect(Collectors.partitioningBy(isSince));
    return new PodsByAge(
        parted.getOrDefault(false, List.of()),
        parted.getOrDefault(true, List.of()).stream().filter(pod -> !pod.terminating()).toList());
  }

  long stillRunningBefore() {
    return before.stream().filter(pod -> !pod.terminating()).count();
  }

  int readySince() {
    return Math.toIntExact(since.stream().filter(PodSnapshot::ready).count());
  }
}
