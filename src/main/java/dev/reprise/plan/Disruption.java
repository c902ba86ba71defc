package dev.reprise.plan;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.UpdateStrategy.Recreate;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;

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
    return switch (deployment.strategy()) {
      case Recreate() -> of(desired, deployment.counts().available(), 0, desired);
      case RollingUpdate rolling -> {
        int surge = rolling.maxSurge().ofRoundedUp(desired);
        int unavailable = rolling.maxUnavailable().ofRoundedDown(desired);
        yield of(
            desired,
            deployment.counts().available(),
            surge,
            surge == 0 && unavailable == 0 ? 1 : unavailable);
      }
    };
  }

  /**
   * {@code spec.restartAt}: Argo evicts {@code max(1, maxUnavailable)} pods at once and never uses
   * the surge ({@code rollout/restart.go}).
   */
  static Disruption ofRestartAt(ArgoRolloutSnapshot rollout) {
    int desired = rollout.desired();
    int concurrent = Math.max(1, rollout.maxUnavailable().ofRoundedDown(desired));
    return of(desired, rollout.counts().available(), 0, concurrent);
  }

  private static Disruption of(int desired, int available, int surge, int unavailable) {
    int lowest = Math.max(0, Math.min(available, desired - unavailable));
    return new Disruption(desired, available, surge, unavailable, lowest);
  }
}
