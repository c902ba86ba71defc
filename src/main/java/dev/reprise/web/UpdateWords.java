package dev.reprise.web;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.UpdateStrategy.OnDelete;
import dev.reprise.workload.UpdateStrategy.Recreate;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadSnapshot;

/** How a workload replaces its pods, in the words of its own spec. */
final class UpdateWords {

  private UpdateWords() {}

  static String of(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot deployment ->
          of(deployment.strategy()) + (deployment.paused() ? ", paused" : "");
      case StatefulSetSnapshot set -> ofStatefulSet(set);
      case DaemonSetSnapshot set -> of(set.strategy());
      case ArgoRolloutSnapshot rollout -> of(rollout.strategy());
    };
  }

  private static String of(UpdateStrategy strategy) {
    return switch (strategy) {
      case RollingUpdate(IntOrPercent surge, IntOrPercent unavailable) ->
          "RollingUpdate, maxSurge %s, maxUnavailable %s".formatted(of(surge), of(unavailable));
      case Recreate() -> "Recreate";
      case OnDelete() -> "OnDelete";
    };
  }

  /** It knows no surge. */
  private static String ofStatefulSet(StatefulSetSnapshot set) {
    return switch (set.strategy()) {
      case RollingUpdate(IntOrPercent _, IntOrPercent unavailable) ->
          "RollingUpdate, maxUnavailable %s%s"
              .formatted(
                  of(unavailable), set.partition() == 0 ? "" : ", partition " + set.partition());
      case Recreate _, OnDelete _ -> of(set.strategy());
    };
  }

  private static String of(ArgoStrategy strategy) {
    return switch (strategy) {
      case ArgoStrategy.Canary(IntOrPercent surge, IntOrPercent unavailable, var steps, _) ->
          "Canary, %d step%s, maxSurge %s, maxUnavailable %s"
              .formatted(steps.size(), steps.size() == 1 ? "" : "s", of(surge), of(unavailable));
      case ArgoStrategy.BlueGreen(IntOrPercent unavailable, _) ->
          "BlueGreen, maxUnavailable " + of(unavailable);
    };
  }

  private static String of(IntOrPercent value) {
    return switch (value) {
      case IntOrPercent.Count(int pods) -> "" + pods;
      case IntOrPercent.Percent(int percent) -> percent + "%";
    };
  }
}
