package dev.reprise.restart;

import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a restart's workload.
 *
 * @param progress null before there is any
 * @param lowestAvailable the fewest pods seen available since {@code observedSince}; null when not
 *     observed
 * @param observedSince when a leader first saw the pods, by the API server's clock; what happened
 *     before, or between two leaders, nobody saw; null when not observed
 * @param revisions from which to which; null before it is known
 * @param blockers what stands in the way, the most telling first
 */
public record LastSeen(
    @Nullable RolloutProgress progress,
    @Nullable Integer lowestAvailable,
    @Nullable Instant observedSince,
    @Nullable RevisionChange revisions,
    List<Blocker> blockers) {

  /** Before anybody has looked. */
  public static final LastSeen NOTHING = new LastSeen(null, null, null, null, List.of());

  public LastSeen {
    blockers = List.copyOf(blockers);
  }

  LastSeen withProgress(RolloutProgress counts, int lowest, List<Blocker> now) {
    return new LastSeen(counts, lowest, observedSince, revisions, now);
  }

  LastSeen withRevisions(RevisionChange now) {
    return new LastSeen(progress, lowestAvailable, observedSince, now, blockers);
  }

  LastSeen withLowestAvailable(int lowest, Instant since) {
    return new LastSeen(
        progress, lowest, observedSince == null ? since : observedSince, revisions, blockers);
  }

  LastSeen withoutBlockers() {
    return new LastSeen(progress, lowestAvailable, observedSince, revisions, List.of());
  }

  /** As it begins when the restart is cancelled. */
  LastSeen turned() {
    return new LastSeen(
        progress,
        lowestAvailable,
        observedSince,
        revisions == null ? null : revisions.turned(),
        List.of());
  }
}
