package dev.reprise.restart;

import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.PodEviction;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.WayBackRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a Restart, as its leader last recorded it.
 *
 * @param reason one PascalCase word
 * @param message a sentence
 * @param startedAt when the trigger was decided, by the API server's clock; null before
 * @param finishedAt when it ended, by the API server's clock; null before
 * @param trigger what is written into the workload; null until it is decided, the same ever after
 * @param landed what the write left in the workload; null until it is known to have taken effect
 * @param takenBack what putting the trigger's former value back left in the workload, once the
 *     restart is cancelled; null until it is known to have taken effect
 * @param seen what was last recorded of the workload
 * @param evicting the pods that we are about to evict, or have evicted a moment ago, and no others;
 *     at an early end they stay, since the last of these evictions may yet take effect
 */
public record RestartStatus(
    Phase phase,
    String reason,
    String message,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Trigger trigger,
    @Nullable Landed landed,
    @Nullable Landed takenBack,
    LastSeen seen,
    List<PodEviction> evicting) {

  /** The status of a Restart that nobody has looked at yet. */
  public static final RestartStatus NEW = pending("Accepted", "Waiting for the leader to begin");

  /** Another restart of the workload is before it. */
  private static final String WAITING_FOR_RESTART = "WaitingForRestart";

  /** As many restarts are under way as there may be. */
  private static final String WAITING_FOR_PLACE = "WaitingForPlace";

  static final String WAITING_FOR_TIME = "WaitingForTime";

  private static final Set<String> WAITING =
      Set.of(WAITING_FOR_RESTART, WAITING_FOR_PLACE, WAITING_FOR_TIME);

  public RestartStatus {
    evicting = List.copyOf(evicting);
  }

  /** Why the controller gave up, where that has ended the restart, with the way out. */
  public Optional<Blocker> verdict() {
    return blockers().stream()
        .filter(_ -> phase == Phase.Failed)
        .filter(blocker -> blocker.reason().equals(reason))
        .findFirst();
  }

  /** Another restart of the workload is before it. */
  public RestartStatus waitingForRestart(String whatFor) {
    return pending(WAITING_FOR_RESTART, whatFor);
  }

  /** As many restarts are under way as there may be. */
  public RestartStatus waitingForPlace(String whatFor) {
    return pending(WAITING_FOR_PLACE, whatFor);
  }

  /** Whether nobody but the clock keeps it from beginning. */
  public boolean isWaitingForTime() {
    return phase == Phase.Pending && reason.equals(WAITING_FOR_TIME);
  }

  /** Its time has not come. */
  public RestartStatus waitingForTime(Instant notBefore) {
    return pending(WAITING_FOR_TIME, untilTime(notBefore));
  }

  static String untilTime(Instant notBefore) {
    return "Waiting until " + notBefore;
  }

  private static RestartStatus pending(String why, String whatFor) {
    return new RestartStatus(
        Phase.Pending, why, whatFor, null, null, null, null, null, LastSeen.NOTHING, List.of());
  }

  /** Whether its leader has found that it can't begin yet. */
  public boolean isWaiting() {
    return phase == Phase.Pending && WAITING.contains(reason);
  }

  /** Whether it only waits until fewer restarts are under way. */
  public boolean isWaitingForPlace() {
    return phase == Phase.Pending && reason.equals(WAITING_FOR_PLACE);
  }

  /** The trigger is decided and about to be written. */
  public RestartStatus begun(Trigger decided, Instant now) {
    return new RestartStatus(
        Phase.Progressing,
        "Triggering",
        "Writing the trigger into the workload",
        now,
        null,
        decided,
        null,
        null,
        LastSeen.NOTHING,
        List.of());
  }

  /** The trigger has taken effect. */
  public RestartStatus landed(Landed left) {
    return new RestartStatus(
        Phase.Progressing,
        "Triggered",
        "The trigger has taken effect; waiting for the controller",
        startedAt,
        null,
        trigger,
        left,
        null,
        LastSeen.NOTHING,
        List.of());
  }

  /** Cancelled: the trigger's former value is back, and the workload is on its way back. */
  public RestartStatus takenBack(Landed left) {
    return new RestartStatus(
        Phase.Progressing,
        WayBackRules.REASON,
        "What the restart wrote was taken back; waiting for the controller",
        startedAt,
        null,
        trigger,
        landed,
        left,
        seen.turned(),
        List.of());
  }

  /** On its way, with what is seen of it now. */
  public RestartStatus progressing(
      String nowReason,
      String nowMessage,
      RolloutProgress counts,
      int lowest,
      List<Blocker> nowBlockers) {
    return new RestartStatus(
        Phase.Progressing,
        nowReason,
        nowMessage,
        startedAt,
        null,
        trigger,
        landed,
        takenBack,
        seen.withProgress(counts, lowest, nowBlockers),
        evicting);
  }

  /** The same, with the fewest pods that a leader has seen available since it first looked. */
  public RestartStatus withLowestAvailable(int lowest, Instant since) {
    return with(seen.withLowestAvailable(lowest, since));
  }

  /** The same, with the revisions as they are now. */
  public RestartStatus withRevisions(RevisionChange change) {
    return with(seen.withRevisions(change));
  }

  /** The same, with nothing in its way. */
  public RestartStatus withoutBlockers() {
    return with(seen.withoutBlockers());
  }

  private RestartStatus with(LastSeen now) {
    return new RestartStatus(
        phase, reason, message, startedAt, finishedAt, trigger, landed, takenBack, now, evicting);
  }

  /** The same, with these evictions in place of those recorded before. */
  public RestartStatus evicting(List<PodEviction> decided) {
    return new RestartStatus(
        phase, reason, message, startedAt, finishedAt, trigger, landed, takenBack, seen, decided);
  }

  /** Ended; what was last seen of it stays, but for what did not stand in the way of this end. */
  public RestartStatus finished(Phase end, String endReason, String endMessage, Instant now) {
    return new RestartStatus(
        end,
        endReason,
        endMessage,
        startedAt,
        now,
        trigger,
        landed,
        takenBack,
        switch (end) {
          // Of a superseded one they would be about somebody else's change.
          case Succeeded, Cancelled, Superseded -> seen.withoutBlockers();
          case Pending, Progressing, Failed -> seen;
        },
        end == Phase.Succeeded ? List.of() : evicting);
  }

  public @Nullable RolloutProgress progress() {
    return seen.progress();
  }

  public @Nullable Integer lowestAvailable() {
    return seen.lowestAvailable();
  }

  public @Nullable Instant observedSince() {
    return seen.observedSince();
  }

  public @Nullable RevisionChange revisions() {
    return seen.revisions();
  }

  public List<Blocker> blockers() {
    return seen.blockers();
  }
}
