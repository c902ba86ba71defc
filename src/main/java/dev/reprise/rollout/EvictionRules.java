package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;

/** How a restart by our own evictions stands. */
final class EvictionRules {

  private EvictionRules() {}

  /** Empty when no old pod is left to be evicted and only the pods are left to look at. */
  static Optional<RolloutStatus> judge(Trigger trigger, Landed landed, WorkloadState state) {
    // The controller of another template replaces the pods by itself; ours would double that.
    if (landed.isTemplateChanged(state.templateHash(trigger.mechanism()))) {
      return Optional.of(Superseded.templateChanged(state.workload()));
    }
    long old = PodsByAge.of(trigger, landed, state).stillRunningBefore();
    return old == 0
        ? Optional.empty()
        : Optional.of(
            new InProgress(
                "PodsEvicting",
                "%d/%d pods available while %d old ones are evicted"
                    .formatted(
                        state.workload().counts().available(), state.workload().desired(), old)));
  }
}
