package dev.reprise.plan;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.UpdateStrategy.OnDelete;
import dev.reprise.workload.UpdateStrategy.Recreate;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.function.Function;

/**
 * What a restart costs in availability, with the operands of the sum.
 *
 * @param desired pods wanted
 * @param available pods available before the restart
 * @param surge pods that may run beyond the desired ones
 * @param unavailable pods that may be missing at once
 * @param lowestAvailable the fewest pods that will be available on the way
 */
public record Disruption(
    int desired, int available, int surge, int unavailable, int lowestAvailable) {

  /** Whether nothing will be available at some moment though something is now. */
  boolean isCertainOutage() {
    return available > 0 && lowestAvailable == 0;
  }

  /**
   * A change of the pod template: surge is rounded up, unavailable down, and with both at zero one
   * pod may be missing (the Deployment controller's {@code ResolveFenceposts}).
   */
  static Disruption ofNewRevision(DeploymentSnapshot deployment) {
    int desired = deployment.desired();
    return ofUpdate(
        deployment,
        deployment.strategy(),
        rolling -> {
          int surge = rolling.maxSurge().ofRoundedUp(desired);
          int unavailable = rolling.maxUnavailable().ofRoundedDown(desired);
          return of(deployment, surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
        });
  }

  /**
   * The same for a StatefulSet, which has no surge: a pod ends before its successor begins. Its
   * unavailable ones are rounded down and at least one ({@code getStatefulSetMaxUnavailable}).
   */
  static Disruption ofNewRevision(StatefulSetSnapshot set) {
    return ofUpdate(
        set,
        set.strategy(),
        rolling -> {
          int unavailable = Math.max(1, rolling.maxUnavailable().ofRoundedDown(set.desired()));
          return of(set, 0, Math.min(unavailable, set.toReplace()));
        });
  }

  /**
   * The same for a DaemonSet: both are rounded up, and with both at zero one pod may be missing
   * (its controller's {@code updatedDesiredNodeCounts}).
   */
  static Disruption ofNewRevision(DaemonSetSnapshot set) {
    return ofUpdate(
        set,
        set.strategy(),
        rolling -> {
          int surge = rolling.maxSurge().ofRoundedUp(set.desired());
          int unavailable = rolling.maxUnavailable().ofRoundedUp(set.desired());
          return of(set, surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
        });
  }

  /**
   * {@code spec.restartAt}: Argo evicts {@code max(1, maxUnavailable)} pods at once and never uses
   * the surge ({@code rollout/restart.go}).
   */
  static Disruption ofRestartAt(ArgoRolloutSnapshot rollout) {
    int concurrent =
        Math.max(1, rollout.strategy().maxUnavailable().ofRoundedDown(rollout.desired()));
    return of(rollout, 0, concurrent);
  }

  private static Disruption ofUpdate(
      WorkloadSnapshot workload,
      UpdateStrategy strategy,
      Function<RollingUpdate, Disruption> rollingUpdate) {
    return switch (strategy) {
      case RollingUpdate rolling -> rollingUpdate.apply(rolling);
      case Recreate() -> of(workload, 0, workload.desired());
      case OnDelete() -> of(workload, 0, 0);
    };
  }

  private static Disruption of(WorkloadSnapshot workload, int surge, int unavailable) {
    int desired = workload.desired();
    int available = workload.counts().available();
    int lowest = Math.max(0, Math.min(available, desired - unavailable));
    return new Disruption(desired, available, surge, unavailable, lowest);
  }
}
