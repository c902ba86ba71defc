package dev.reprise.plan;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStrategy.BlueGreen;
import dev.reprise.workload.ArgoStrategy.Canary;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy.OnDelete;
import dev.reprise.workload.UpdateStrategy.Recreate;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restart costs in availability, with the operands of the sum. All are counts of pods.
 *
 * @param desired pods wanted
 * @param available pods available before the restart
 * @param surge pods that may run beyond the desired ones
 * @param unavailable pods that may be missing at once
 * @param budget how many pods the disruption budgets let go at once; null when none has a say,
 *     because no budget is about the pods or because no pod is evicted
 * @param lowestAvailable the fewest pods that will be available on the way, at worst
 * @param lowestAvailableAtMost the same at best, where the controller leaves room; equal otherwise
 * @param waves how many times pods are replaced at once, at least; 0 when none can be
 */
public record Disruption(
    int desired,
    int available,
    int surge,
    int unavailable,
    @Nullable Integer budget,
    int lowestAvailable,
    int lowestAvailableAtMost,
    int waves) {

  /** Whether nothing will be available at some moment though something is now. */
  boolean isCertainOutage() {
    return available > 0 && lowestAvailableAtMost == 0;
  }

  /** Whether nothing may be available at some moment, or not. */
  boolean isPossibleOutage() {
    return available > 0 && lowestAvailable == 0 && !isCertainOutage();
  }

  /** What the mechanism comes to; the state's workload is the one whose pods restart. */
  static Disruption of(Mechanism mechanism, WorkloadState state) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> ofNewRevision(state);
      case RestartAt -> ofRestartAt(state, (ArgoRolloutSnapshot) state.workload());
      case Eviction -> ofEviction(state);
    };
  }

  private static Disruption ofNewRevision(WorkloadState state) {
    return switch (state.workload()) {
      case DeploymentSnapshot deployment ->
          switch (deployment.strategy()) {
            case RollingUpdate rolling -> ofRollingUpdate(deployment, rolling);
            case Recreate _, OnDelete _ -> allAtOnce(deployment);
          };
      case StatefulSetSnapshot set -> ofNewRevision(set, state.pods());
      case DaemonSetSnapshot set -> ofNewRevision(set);
      case ArgoRolloutSnapshot rollout ->
          switch (rollout.strategy()) {
            case Canary canary -> ofCanary(rollout, canary);
            case BlueGreen _ -> besides(rollout);
          };
    };
  }

  /**
   * Surge is rounded up, unavailable down, and with both at zero one pod may be missing (the
   * Deployment controller's {@code ResolveFenceposts}).
   */
  private static Disruption ofRollingUpdate(DeploymentSnapshot deployment, RollingUpdate rolling) {
    int surge = rolling.maxSurge().ofRoundedUp(deployment.desired());
    int unavailable = rolling.maxUnavailable().ofRoundedDown(deployment.desired());
    return rolling(deployment, surge, orOne(surge, unavailable));
  }

  /** All old pods end before the first new one starts. */
  private static Disruption allAtOnce(WorkloadSnapshot workload) {
    return rolling(workload, 0, workload.desired());
  }

  /**
   * It has no surge: a pod ends before its successor begins. Its unavailable ones are rounded down
   * and at least one ({@code getStatefulSetMaxUnavailable}). A controller that doesn't count those
   * that are not ready takes down the highest pod all the same; those above it are well by then.
   */
  private static Disruption ofNewRevision(StatefulSetSnapshot set, List<PodSnapshot> pods) {
    int atOnce = Math.min(set.mayBeMissing(), set.toReplace());
    int besides = set.isOrdered() || set.countsUnready() ? 0 : unreadyBelow(pods);
    return rolling(set, 0, atOnce + besides, waves(set.toReplace(), atOnce));
  }

  /** How many pods are not ready below the highest that is. */
  private static int unreadyBelow(List<PodSnapshot> pods) {
    int highest =
        pods.stream().filter(PodSnapshot::ready).mapToInt(PodSnapshot::ordinal).max().orElse(0);
    return Math.toIntExact(
        pods.stream()
            .filter(pod -> !pod.ready() && !pod.ended())
            .filter(pod -> pod.ordinal() < highest)
            .count());
  }

  /**
   * Both are rounded up, and with both at zero one pod may be missing (its controller's {@code
   * updatedDesiredNodeCounts}).
   */
  private static Disruption ofNewRevision(DaemonSetSnapshot set) {
    int unavailable = set.strategy().maxUnavailable().ofRoundedUp(set.desired());
    return rolling(set, set.surge(), orOne(set.surge(), unavailable));
  }

  /**
   * As a Deployment, but how far down it goes depends on the steps. With a traffic router the
   * stable ReplicaSet stays whole until the last of them.
   */
  private static Disruption ofCanary(ArgoRolloutSnapshot rollout, Canary canary) {
    int desired = rollout.desired();
    int surge = canary.maxSurge().ofRoundedUp(desired);
    int unavailable = orOne(surge, canary.maxUnavailable().ofRoundedDown(desired));
    int most = Math.min(rollout.counts().available(), desired);
    int least = canary.routesTraffic() ? most : lowest(rollout, unavailable);
    return new Disruption(
        desired,
        rollout.counts().available(),
        surge,
        unavailable,
        null,
        least,
        surge == 0 ? least : most,
        waves(desired, surge + unavailable));
  }

  /** A whole new ReplicaSet beside the old one. */
  private static Disruption besides(ArgoRolloutSnapshot rollout) {
    return rolling(rollout, rollout.desired(), 0);
  }

  /**
   * Argo evicts {@code max(1, maxUnavailable)} pods at once and never uses the surge. It counts
   * those of all ReplicaSets; of a blue-green Rollout only the active ones serve ({@code
   * rollout/restart.go}).
   */
  private static Disruption ofRestartAt(WorkloadState state, ArgoRolloutSnapshot rollout) {
    int limit = state.canArgoEvict(rollout) ? rollout.mayBeMissing() : 0;
    return switch (rollout.strategy()) {
      case Canary _ ->
          evicting(
              state,
              limit,
              Math.max(rollout.desired(), state.replicasAskedFor()),
              state.availablePods());
      case BlueGreen _ -> evicting(state, limit, rollout.desired(), available(rollout));
    };
  }

  /** Ours goes as far down, and takes what is not ready first. */
  private static Disruption ofEviction(WorkloadState state) {
    WorkloadSnapshot workload = state.workload();
    return evicting(state, workload.mayBeMissing(), workload.desired(), available(workload));
  }

  /**
   * @param pods how many there should be of those that serve
   * @param available how many of them do
   */
  private static Disruption evicting(WorkloadState state, int limit, int pods, int available) {
    @Nullable Integer budget = budgetOf(state);
    int unavailable = budget == null ? limit : Math.min(limit, budget);
    int lowest = Math.max(0, Math.min(available, pods - unavailable));
    return new Disruption(
        state.workload().desired(),
        state.workload().counts().available(),
        0,
        unavailable,
        budget,
        unavailable == 0 ? available : lowest,
        unavailable == 0 ? available : lowest,
        waves(pods, unavailable));
  }

  private static @Nullable Integer budgetOf(WorkloadState state) {
    return state.budgets().stream()
        .map(BudgetSnapshot::disruptionsAllowed)
        .min(Integer::compare)
        .orElse(null);
  }

  private static Disruption rolling(WorkloadSnapshot workload, int surge, int unavailable) {
    return rolling(workload, surge, unavailable, waves(workload.toReplace(), surge + unavailable));
  }

  private static Disruption rolling(
      WorkloadSnapshot workload, int surge, int unavailable, int waves) {
    int lowest = lowest(workload, unavailable);
    return new Disruption(
        workload.desired(),
        workload.counts().available(),
        surge,
        unavailable,
        null,
        lowest,
        lowest,
        waves);
  }

  private static int lowest(WorkloadSnapshot workload, int unavailable) {
    return Math.max(0, Math.min(available(workload), workload.desired() - unavailable));
  }

  /** While more run than are wanted, the lowest is told of those that are. */
  private static int available(WorkloadSnapshot workload) {
    return Math.min(workload.counts().available(), workload.desired());
  }

  /** With both at zero nothing could move. */
  private static int orOne(int surge, int unavailable) {
    return surge == 0 && unavailable == 0 ? 1 : unavailable;
  }

  private static int waves(int pods, int atOnce) {
    return atOnce == 0 ? 0 : Math.ceilDiv(pods, atOnce);
  }
}
