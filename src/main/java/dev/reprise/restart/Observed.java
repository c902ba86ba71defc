package dev.reprise.restart;

import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.Blockers;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.RolloutStatusRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;

/** How a Restart stands, told from the workload alone. */
public final class Observed {

  private Observed() {}

  /**
   * The status with the counts, blockers, reason and message of this moment. It stays Progressing:
   * only the leader ends a Restart.
   *
   * @param now the API server's time
   */
  public static RestartStatus status(
      RestartStatus recorded, Trigger trigger, Landed landed, WorkloadState state, Instant now) {
    RolloutStatus rollout = RolloutStatusRules.judge(trigger, landed, state);
    RolloutProgress progress = RolloutProgress.of(trigger, landed, state);
    List<Blocker> blockers = Blockers.of(trigger, landed, state, now);
    Integer before = recorded.lowestAvailable();
    int lowest = before == null ? progress.available() : Math.min(before, progress.available());
    if (blockers.isEmpty()) {
      return recorded.progressing(rollout.reason(), rollout.message(), progress, lowest, blockers);
    }
    Blocker first = blockers.getFirst();
    return recorded.progressing(
        first.reason(), first.object() + ": " + first.message(), progress, lowest, blockers);
  }
}
