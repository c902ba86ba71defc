package dev.reprise.rollout;

import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;

/**
 * How far a restart has come, in pods.
 *
 * @param desired pods wanted
 * @param total pods to be replaced: {@code desired} less those that a partition leaves out
 * @param replaced pods of this restart that are available, at most {@code total}
 * @param available all pods available, older ones included
 * @param old pods from before the restart, terminating ones included
 */
public record RolloutProgress(int desired, int total, int replaced, int available, int old) {

  /** The progress of the restart that wrote {@code trigger}. */
  public static RolloutProgress of(Trigger trigger, Landed landed, WorkloadState state) {
    PodsByAge pods = PodsByAge.of(trigger, landed, state);
    int total = pods.toReplace();
    int replaced = Math.min(total, pods.availableSince(state.workload().counts().available()));
    return new RolloutProgress(
        state.workload().desired(),
        total,
        replaced,
        state.certainlyAvailable(),
        pods.before().size());
  }

  /** Whether no pod is left to be replaced, or to end. */
  public boolean isComplete() {
    return replaced == total && old == 0;
  }
}
