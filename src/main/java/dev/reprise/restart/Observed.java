package dev.reprise.restart;

import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.Blockers;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.RolloutStatusRules;
import dev.reprise.rollout.WayBackRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    RolloutStatus rollout = judge(recorded, trigger, landed, state);
    RolloutProgress progress = RolloutProgress.of(trigger, landed, state);
    Integer before = recorded.lowestAvailable();
    int lowest = before == null ? progress.available() : Math.min(before, progress.available());
    RestartStatus known =
        recorded.withRevisions(
            revisions(recorded, trigger, landed, state).orAsBefore(recorded.revisions()));
    Landed takenBack = recorded.takenBack();
    if (takenBack != null) {
      List<Blocker> blockers = Blockers.ofWayBack(rollout, trigger, landed, takenBack, state, now);
      return known.progressing(
          WayBackRules.REASON,
          Blocker.after(rollout.message(), blockers),
          progress,
          lowest,
          blockers);
    }
    List<Blocker> blockers = Blockers.of(rollout, trigger, landed, state, recorded.evicting(), now);
    if (blockers.isEmpty()) {
      return known.progressing(rollout.reason(), rollout.message(), progress, lowest, blockers);
    }
    Blocker first = blockers.getFirst();
    return known.progressing(first.reason(), first.words(), progress, lowest, blockers);
  }

  private static RevisionChange revisions(
      RestartStatus recorded, Trigger trigger, Landed landed, WorkloadState state) {
    Landed takenBack = recorded.takenBack();
    return takenBack == null
        ? RevisionChange.of(trigger, landed, state)
        : RevisionChange.ofWayBack(trigger, landed, takenBack, state);
  }

  /**
   * How far the workload is on the way that the Restart goes: forth, or back when it was taken
   * back.
   *
   * @param state null when there is no such workload
   */
  public static RolloutStatus judge(
      RestartStatus recorded, Trigger trigger, Landed landed, @Nullable WorkloadState state) {
    Landed takenBack = recorded.takenBack();
    return takenBack == null
        ? RolloutStatusRules.judge(trigger, landed, state)
        : WayBackRules.judge(trigger, landed, takenBack, state);
  }
}
