package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.restart.Writes;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PursuitTests {

  private final World world = new World();
  private final Replica replica = world.replica();

  @Test
  void recordsCountsAtMostEveryTenSeconds() {
    Restart restart = triggered(Samples.WEB);
    int before = world.writes.made();

    world.clock.pass(Duration.ofSeconds(9));
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 2));
    replica.work(restart);
    int early = world.writes.made();
    world.clock.pass(Duration.ofSeconds(1));
    replica.work(restart);

    assertThat(early).isEqualTo(before);
    assertThat(world.writes.made()).isEqualTo(before + 1);
  }

  @Test
  void looksAgainWhenTenSecondsHavePassedSinceTheLastRecord() {
    Restart restart = triggered(Samples.WEB);
    world.clock.pass(Duration.ofSeconds(9));
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 2));

    assertThat(replica.work(restart)).isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
  }

  /** What GET computes is heard of in streams only once it is recorded. */
  @Test
  void recordsAPodThatIsNotReadyEightSecondsAfterItWasMade() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    makePodsUnready(world.clock.instant());

    Step step = replica.work(restart);
    boolean early = world.live(restart).status().blockers().isEmpty();
    world.clock.pass(Duration.ofSeconds(8));
    replica.work(restart);

    assertThat(step).isEqualTo(new Step.Wait(Duration.ofSeconds(8)));
    assertThat(early).isTrue();
    assertThat(world.live(restart).status().blockers())
        .hasSize(3)
        .allSatisfy(blocker -> assertThat(blocker.reason()).isEqualTo("NotReady"));
  }

  @Test
  void leavesNoNextStepForAWorkloadThatIsGone() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    makePodsUnready(world.clock.instant());
    world.clock.pass(Duration.ofSeconds(8));
    replica.work(restart);
    List<Blocker> before = world.live(restart).status().blockers();
    world.workloads.delete(Samples.WEB);

    replica.work(restart);

    assertThat(before).isNotEmpty();
    assertThat(assertFailed(restart, "WorkloadDeleted").blockers()).isEmpty();
  }

  private void makePodsUnready(Instant created) {
    world.workloads.change(
        Samples.WEB,
        state ->
            Samples.with(
                state,
                state.pods().stream()
                    .map(pod -> Samples.pod(pod.name(), pod.owner().uid(), created, false))
                    .toList()));
  }

  @Test
  void remembersTheFewestAvailableBetweenTwoRecords() {
    Restart restart = triggered(Samples.WEB);
    Instant first = world.clock.instant();
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 1));
    replica.work(restart);
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 3));

    world.rollOut(Samples.WEB);
    replica.work(restart);

    assertThat(world.live(restart).status().lowestAvailable()).isEqualTo(1);
    assertThat(world.live(restart).status().observedSince()).isEqualTo(first);
  }

  /** Until it is recorded, whoever asks is told that there were never fewer than before. */
  @Test
  void recordsANewLowAfterASecond() {
    Restart restart = recorded(triggered(Samples.WEB));
    int before = Objects.requireNonNull(world.live(restart).status().lowestAvailable());
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 1));

    Step step = replica.work(restart);
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 3));
    world.clock.pass(Duration.ofSeconds(1));
    replica.work(restart);

    assertThat(before).isEqualTo(3);
    assertThat(step).isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
    assertThat(world.live(restart).status().lowestAvailable()).isEqualTo(1);
  }

  @Test
  void remembersTheFewestAvailableOfAWorkloadThatIsGone() {
    Restart restart = recorded(triggered(Samples.WEB));
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 1));
    replica.work(restart);
    world.workloads.delete(Samples.WEB);
    replica.work(restart);

    assertThat(assertFailed(restart, "WorkloadDeleted").lowestAvailable()).isEqualTo(1);
  }

  /** Its counts are recorded for the first time after ten seconds. */
  private Restart recorded(Restart restart) {
    world.clock.pass(Duration.ofSeconds(10));
    replica.work(restart);
    return world.live(restart);
  }

  @Test
  void remembersTheFewestAvailableThatAnEarlierLeaderSaw() {
    Restart restart = triggered(Samples.WEB);
    world.clock.pass(Duration.ofSeconds(10));
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 1));
    replica.work(restart);

    world.rollOut(Samples.WEB);
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 3));
    world.replica().work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.live(restart).status().lowestAvailable()).isEqualTo(1);
  }

  @Test
  void remembersFromWhichRevisionToWhichWhenItHasEnded() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    replica.work(restart);

    assertThat(world.live(restart).isFinished()).isTrue();
    assertThat(world.live(restart).status().revisions()).isEqualTo(new RevisionChange(1, 2L));
  }

  @Test
  void tellsNothingOfTheWorkloadThatWasMadeAnew() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    world.clock.pass(Duration.ofSeconds(10));
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 2));
    replica.work(restart);
    world.workloads.change(Samples.WEB, state -> Samples.available(Samples.madeAnew(state), 0));
    replica.work(restart);

    RestartStatus ended = assertFailed(restart, "WorkloadReplaced");
    assertThat(ended.revisions()).isEqualTo(new RevisionChange(1, 2L));
    assertThat(ended.lowestAvailable()).isEqualTo(2);
  }

  @Test
  void isSupersededByAnothersChangeOfTheTemplate() {
    Restart restart = triggered(Samples.WEB);
    world.workloads.change(
        Samples.WEB,
        state -> Samples.with(state, Samples.with(state.workload(), Samples.template("theirs"))));

    replica.work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Superseded);
  }

  @Test
  void failsWhenTheWorkloadIsDeleted() {
    Restart restart = triggered(Samples.WEB);
    world.workloads.delete(Samples.WEB);

    replica.work(restart);

    assertFailed(restart, "WorkloadDeleted");
  }

  @Test
  void waitsForTheWatchesToCatchUp() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    world.workloads.setSynced(false);

    assertThat(replica.work(restart)).isInstanceOf(Step.Wait.class);
    assertThat(world.live(restart).isFinished()).isFalse();
  }

  @Test
  void failsWhenTheTimeIsUp() {
    Restart restart = triggered(Samples.WEB);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertThat(assertFailed(restart, "Timeout").message()).contains("PT1H");
  }

  @Test
  void goesOnUntilTheTimeIsUp() {
    Restart restart = triggered(Samples.WEB);
    world.clock.pass(Duration.ofHours(1).minusSeconds(1));

    Step step = replica.work(restart);

    assertThat(world.live(restart).isFinished()).isFalse();
    assertThat(step).isEqualTo(new Step.Wait(Duration.ofSeconds(1)));
  }

  @Test
  void failsWhenTheTimeIsUpThoughTheWatchesNeverCaughtUp() {
    Restart restart = triggered(Samples.WEB);
    world.workloads.setSynced(false);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertFailed(restart, "Timeout");
  }

  @Test
  void succeedsWhenItIsFoundDoneAfterTheTimeWasUp() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    world.clock.pass(Duration.ofHours(2));

    replica.work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void leavesTheWorkloadFreeWhenTheTimeIsUp() {
    Restart restart = triggered(Samples.WEB);
    world.clock.pass(Duration.ofHours(1));
    replica.work(restart);

    Restart next = world.pending("r-2", Samples.WEB);
    replica.work(next);

    assertThat(world.live(next).status().landed()).isNotNull();
  }

  @Test
  void putsAnUnfinishedRestartAtBackWhenTheTimeIsUp() {
    Restart restart = triggered(Samples.CANARY);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertFailed(restart, "Timeout");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart), "null");
  }

  @Test
  void leavesARestartAtThatTheControllerHasCarriedOut() {
    Restart restart = triggered(Samples.CANARY);
    world.rollOut(Samples.CANARY);
    world.workloads.change(Samples.CANARY, state -> Samples.available(state, 2));
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertFailed(restart, "Timeout");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
  }

  @Test
  void doesNotCallItFailedBeforeRestartAtIsPutBack() {
    Restart restart = triggered(Samples.CANARY);
    world.clock.pass(Duration.ofHours(1));
    world.workloads.answerWrites(new WriteOutcome.Uncertain());

    Step step = replica.once(restart);
    boolean early = world.live(restart).isFinished();
    world.workloads.answerWrites(null);
    replica.work(restart);

    assertThat(step).isInstanceOf(Step.Again.class);
    assertThat(early).isFalse();
    assertFailed(restart, "Timeout");
  }

  @Test
  void callsItFailedThoughTheAnswerToPuttingBackWasLost() {
    Restart restart = triggered(Samples.CANARY);
    world.clock.pass(Duration.ofHours(1));
    world.writes.failAt(world.writes.made() + 1, Writes.Fault.AnswerLost);

    replica.work(restart);

    assertFailed(restart, "Timeout");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart), "null");
  }

  @Test
  void saysThatRestartAtCouldNotBePutBack() {
    Restart restart = triggered(Samples.CANARY);
    world.clock.pass(Duration.ofHours(1));
    world.workloads.answerWrites(new WriteOutcome.Refused("Forbidden", "not by you"));

    replica.work(restart);

    assertThat(assertFailed(restart, "Timeout").message()).contains("spec.restartAt", "not by you");
  }

  /** It has no restartAt, before and after: nothing that was put back. */
  @Test
  void leavesTheNewRevisionOfARolloutWhenTheTimeIsUp() {
    Restart restart = triggered(newRevision(Samples.CANARY));
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertThat(assertFailed(restart, "Timeout").message()).contains("Waiting for the Rollout");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
  }

  private static RestartSpec newRevision(WorkloadRef target) {
    RestartSpec any = Samples.spec(target);
    return new RestartSpec(
        target,
        Strategy.NewRevision,
        any.reason(),
        any.acceptDowntime(),
        any.whenBusy(),
        null,
        any.timeout(),
        any.requestedBy(),
        any.fingerprint(),
        null,
        any.cancel());
  }

  private Restart triggered(WorkloadRef target) {
    return triggered(Samples.spec(target));
  }

  private Restart triggered(RestartSpec spec) {
    Restart restart = world.pending("r-1", spec);
    replica.work(restart);
    Restart now = world.live(restart);
    assertThat(now.status().landed()).isNotNull();
    return now;
  }

  private static String triggerOf(Restart restart) {
    return Objects.requireNonNull(restart.status().trigger()).text();
  }

  private RestartStatus assertFailed(Restart restart, String reason) {
    RestartStatus status = world.live(restart).status();
    assertThat(status.reason()).isEqualTo(reason);
    assertThat(status.phase()).isEqualTo(Phase.Failed);
    return status;
  }
}
