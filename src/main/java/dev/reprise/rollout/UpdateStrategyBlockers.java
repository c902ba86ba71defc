package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.stream.Stream;

/**
 * How somebody has set the update strategy of a StatefulSet or DaemonSet since its restart began,
 * so that its controller replaces fewer pods, or none. The way out is the partition that it began
 * with: a lower one would restart pods that were left out on purpose.
 */
final class UpdateStrategyBlockers {

  private UpdateStrategyBlockers() {}

  static Stream<Blocker> of(Trigger trigger, Landed landed, PodsByAge pods, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (state.workload()) {
            case StatefulSetSnapshot set ->
                Stream.concat(
                    onDelete(set, set.strategy(), pods, asBegun(set, landed)),
                    leftOut(set, pods, landed));
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

  private static Stream<Blocker> leftOut(StatefulSetSnapshot set, PodsByAge pods, Landed landed) {
    return pods.before().stream()
        .filter(set::isBelowPartition)
        .limit(1)
        .map(pod ->
            new Blocker(
                "PartitionLeavesOut",
                set.ref().toString(),
                "Its partition %d leaves out %d of %d pods, also %s, which is to be replaced"
                    .formatted(
                        set.partition(),
                        Math.min(set.partition(), set.desired()),
                        set.desired(),
                        pod.name()),
                asBegun(set, landed)));
  }

  /** Where that would let no pod be replaced it is only looked. */
  private static String asBegun(StatefulSetSnapshot set, Landed landed) {
    Integer begun = landed.partition();
    return begun != null && begun < set.desired() && isHigher(set, begun)
        ? patch(
            set,
            "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"partition\":%d}}".formatted(begun))
        : "kubectl get %s -o jsonpath='{.spec.replicas} {.spec.updateStrategy}'"
            .formatted(set.ref().forKubectl());
  }

  private static boolean isHigher(StatefulSetSnapshot set, int begun) {
    return switch (set.strategy()) {
      case UpdateStrategy.OnDelete() -> true;
      case UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ -> begun < set.partition();
    };
  }

  private static String patch(WorkloadSnapshot workload, String strategy) {
    return WorkloadBlockers.patch(workload, "{\"updateStrategy\":" + strategy + "}");
  }
}
