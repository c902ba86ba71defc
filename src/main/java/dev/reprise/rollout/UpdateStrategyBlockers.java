package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How somebody has set the update strategy of a StatefulSet or DaemonSet since its restart began,
 * so that its controller replaces no more pods: before, the restart would have been refused. The
 * way out is the strategy that it began with: a lower partition would restart pods that were left
 * out on purpose.
 */
final class UpdateStrategyBlockers {

  private UpdateStrategyBlockers() {}

  static Stream<Blocker> of(Trigger trigger, PodsByAge pods, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (state.workload()) {
            case StatefulSetSnapshot set ->
                Stream.concat(
                    onDelete(set, set.strategy(), pods, asBegun(set, trigger.partition())),
                    leftOut(set, pods, trigger));
            case DaemonSetSnapshot set ->
                onDelete(set, set.strategy(), pods, patch(set, "{\"type\":\"RollingUpdate\"}"));
            case DeploymentSnapshot _, ArgoRolloutSnapshot _ -> Stream.of();
          };
      case RestartAt, Eviction -> Stream.of();
    };
  }

  private static Stream<Blocker> onDelete(
      WorkloadSnapshot workload, UpdateStrategy strategy, PodsByAge pods, String command) {
    return switch (strategy) {
      case UpdateStrategy.OnDelete() when pods.stillRunningBefore() > 0 ->
          Stream.of(
              new Blocker(
                  "OnDelete",
                  workload.ref().toString(),
                  "Its update strategy is OnDelete now: its controller replaces no pod by itself",
                  command));
      case UpdateStrategy.OnDelete(), UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ ->
          Stream.of();
    };
  }

  /** On the way back a partition that was raised keeps pods that the restart has made. */
  private static Stream<Blocker> leftOut(StatefulSetSnapshot set, PodsByAge pods, Trigger trigger) {
    return set.leavesOutAll() || pods.before().stream().anyMatch(set::isKept)
        ? Stream.of(
            new Blocker(
                "PartitionLeavesOut",
                set.ref().toString(),
                NewRevisionRules.leavesOut(set),
                asBegun(set, trigger.partition())))
        : Stream.of();
  }

  /** Where it is as it was, there are fewer pods than there were; then it is only looked. */
  private static String asBegun(StatefulSetSnapshot set, @Nullable Integer partition) {
    boolean isAsBegun =
        set.strategy() instanceof UpdateStrategy.RollingUpdate
            && Integer.valueOf(set.partition()).equals(partition);
    return partition == null || isAsBegun
        ? "kubectl get %s -o jsonpath='{.spec.replicas} {.spec.updateStrategy}'"
            .formatted(set.ref().forKubectl())
        : patch(
            set,
            "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":%d}}"
                .formatted(partition));
  }

  private static String patch(WorkloadSnapshot workload, String strategy) {
    return WorkloadBlockers.patch(workload, "{\"updateStrategy\":" + strategy + "}");
  }
}
