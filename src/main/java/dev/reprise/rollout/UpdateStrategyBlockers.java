package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How somebody has set the update strategy of a StatefulSet or DaemonSet since its restart began,
 * so that its controller replaces no more pods: before, the restart would have been refused.
 */
final class UpdateStrategyBlockers {

  private final Trigger trigger;
  private final Landed landed;
  private final WorkloadState state;

  private UpdateStrategyBlockers(Trigger trigger, Landed landed, WorkloadState state) {
    this.trigger = trigger;
    this.landed = landed;
    this.state = state;
  }

  static Stream<Blocker> of(Trigger trigger, Landed landed, PodsByAge pods, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          new UpdateStrategyBlockers(trigger, landed, state).find(pods);
      case RestartAt, Eviction -> Stream.of();
    };
  }

  private Stream<Blocker> find(PodsByAge pods) {
    return switch (state.workload()) {
      case StatefulSetSnapshot set ->
          Stream.concat(
              onDelete(set.strategy(), pods.stillRunningBefore()),
              set.leavesOutAll() ? Stream.of(leftOut(set)) : Stream.of());
      case DaemonSetSnapshot set -> onDelete(set.strategy(), pods.stillRunningBefore());
      case DeploymentSnapshot _, ArgoRolloutSnapshot _ -> Stream.of();
    };
  }

  private Stream<Blocker> onDelete(UpdateStrategy strategy, long toReplace) {
    return switch (strategy) {
      case UpdateStrategy.OnDelete() when toReplace > 0 ->
          Stream.of(
              new Blocker(
                  "OnDelete",
                  state.workload().ref().toString(),
                  "Its update strategy is OnDelete now: a pod is replaced when somebody deletes it;"
                      + " pods to replace: "
                      + toReplace,
                  letGo("{\"type\":\"RollingUpdate\"}")));
      case UpdateStrategy.OnDelete(), UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ ->
          Stream.of();
    };
  }

  private Blocker leftOut(StatefulSetSnapshot set) {
    return new Blocker(
        "PartitionLeavesOut",
        set.ref().toString(),
        NewRevisionRules.leavesOutAll(set),
        letGo("{\"rollingUpdate\":{\"partition\":0}}"));
  }

  /**
   * Replaces all pods by those of the restart. Where a partition may have held some of a
   * StatefulSet back at an older revision than the one before, that would roll out to them what
   * they were spared; then it is only looked.
   */
  private String letGo(String strategy) {
    boolean isSafe =
        switch (state.workload()) {
          case StatefulSetSnapshot _ -> areOfTwoRevisions();
          case DaemonSetSnapshot _, DeploymentSnapshot _, ArgoRolloutSnapshot _ -> true;
        };
    return isSafe
        ? WorkloadBlockers.patch(state.workload(), "{\"updateStrategy\":" + strategy + "}")
        : "kubectl get %s -o jsonpath='{.spec.updateStrategy}'"
            .formatted(state.workload().ref().forKubectl());
  }

  /** Of the restart's and of the one before; after a way back that one has another number. */
  private boolean areOfTwoRevisions() {
    List<Revision> two =
        Stream.of(OurRevision.made(trigger, landed, state), OurRevision.within(trigger, state))
            .flatMap(Optional::stream)
            .toList();
    return state.pods().stream()
        .filter(pod -> !pod.ended())
        .allMatch(pod -> two.stream().anyMatch(revision -> revision.hasMade(pod)));
  }
}
