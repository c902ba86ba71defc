package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.EvictionOutcome;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.restart.Writes.Fault;
import dev.reprise.restart.Writes.Killed;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.workload.Landed;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A Restart that is cancelled gets back, whatever befalls whoever takes it back. */
class CancellingTests {

  private static final List<WorkloadRef> WORKLOADS = List.of(Samples.WEB, Samples.CANARY);

  /** Trigger taken back, that recorded, end recorded. */
  private static final int WRITES = 3;

  private final World world = new World();
  private final Replica replica = world.replica();

  @ParameterizedTest
  @FieldSource("WORKLOADS")
  void takesTheTriggerBackAndIsThenOnItsWay(WorkloadRef target) {
    Restart restart = triggered(target);

    cancel(restart);
    replica.work(restart);

    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart), "null");
    RestartStatus status = world.live(restart).status();
    assertThat(status.phase()).isEqualTo(Phase.Progressing);
    assertThat(status.reason()).isEqualTo("Cancelling");
    assertThat(status.trigger()).isEqualTo(restart.status().trigger());
    assertThat(Objects.requireNonNull(status.takenBack()))
        .isEqualTo(
            Landed.in(
                world.workloads.state(target).workload(),
                Objects.requireNonNull(status.trigger()).mechanism()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isTakenBackOnceWhicheverWriteFails(WorkloadRef target, int write, Fault fault) {
    Restart restart = triggered(target);
    cancel(restart);
    int before = world.writes.made();
    world.writes.failAt(before + write, fault);

    carryOut(restart);

    assertThat(world.writes.made()).isGreaterThanOrEqualTo(before + write);
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart), "null");
    assertEnded(restart, Phase.Cancelled, "TakenBack");
    assertThat(world.store.history().stream().filter(Restart::isFinished)).hasSize(1);
  }

  static Stream<Arguments> faults() {
    return WORKLOADS.stream()
        .flatMap(target ->
            IntStream.rangeClosed(1, WRITES)
                .boxed()
                .flatMap(write ->
                    Stream.of(Fault.values()).map(fault -> Arguments.of(target, write, fault))));
  }

  /** By one replica, or by a successor from where the first was killed. */
  private void carryOut(Restart restart) {
    Replica working = replica;
    for (int round = 0; round < 20 && !world.live(restart).isFinished(); round++) {
      try {
        if (working.work(restart) instanceof Step.Wait) {
          world.rollOut(restart.target());
        }
      } catch (Killed _) {
        working = world.replica();
      }
    }
  }

  @Test
  void isCancelledOnlyWhenTheFormerPodsAreAvailableAgain() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 2));
    cancel(restart);
    replica.work(restart);
    world.rollOut(Samples.WEB);
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 2));
    replica.work(restart);
    boolean early = world.live(restart).isFinished();

    world.workloads.change(Samples.WEB, state -> Samples.available(state, 3));
    replica.work(restart);

    assertThat(early).isFalse();
    assertThat(assertEnded(restart, Phase.Cancelled, "TakenBack").message())
        .isEqualTo("Old pods back: 3/3; the pod template is as it was");
  }

  @Test
  void tellsHowManyPodsWereRestartedByRestartAt() {
    Restart restart = triggered(Samples.CANARY);
    world.workloads.change(Samples.CANARY, state -> Samples.restartedPods(state, 2));

    cancel(restart);
    carryOut(restart);

    assertThat(assertEnded(restart, Phase.Cancelled, "TakenBack").message())
        .isEqualTo("2 of 3 pods were restarted and stay so; left alone: 1");
  }

  @Test
  void leavesARestartAtThatTheControllerHasCarriedOut() {
    Restart restart = triggered(Samples.CANARY);
    world.rollOut(Samples.CANARY);
    world.workloads.change(Samples.CANARY, state -> Samples.available(state, 2));

    cancel(restart);
    replica.work(restart);

    RestartStatus ended = assertEnded(restart, Phase.Cancelled, "AlreadyCarriedOut");
    assertThat(ended.revisions()).isEqualTo(new RevisionChange(1, 1L));
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
  }

  @ParameterizedTest
  @FieldSource("WORKLOADS")
  void letsTheSuccessStandThatWasThereFirst(WorkloadRef target) {
    Restart restart = triggered(target);
    world.rollOut(target);

    cancel(restart);
    replica.work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
  }

  @Test
  void letsTheEndStandThatIsRecordedWhileItIsBeingCancelled() {
    Restart restart = triggered(Samples.WEB);
    cancel(restart);
    Replica former = world.replica();
    world.store.beforeNextStatus(() -> {
      world.store.beforeNextStatus(() -> {});
      Restart now = world.live(restart);
      world.store.updateStatus(
          now, now.status().finished(Phase.Failed, "Other", "Another end", world.clock.instant()));
    });

    former.work(restart);

    assertEnded(restart, Phase.Failed, "Other");
  }

  @Test
  void revertsNothingWhenSomebodyElseHasChangedTheTemplate() {
    Restart restart = triggered(Samples.WEB);
    changeTemplate();

    cancel(restart);
    replica.work(restart);

    assertEnded(restart, Phase.Superseded, "TemplateChanged");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
  }

  @Test
  void isSupersededBySomebodyElsesChangeOnTheWayBack() {
    Restart restart = triggered(Samples.WEB);
    cancel(restart);
    replica.work(restart);

    changeTemplate();
    replica.work(restart);

    assertEnded(restart, Phase.Superseded, "TemplateChanged");
  }

  private void changeTemplate() {
    world.workloads.change(
        Samples.WEB,
        state -> Samples.with(state, Samples.with(state.workload(), Samples.template("theirs"))));
  }

  @Test
  void failsWhenTheWorkloadIsDeletedOnTheWayBack() {
    Restart restart = triggered(Samples.WEB);
    cancel(restart);
    replica.work(restart);

    world.workloads.delete(Samples.WEB);
    replica.work(restart);

    assertEnded(restart, Phase.Failed, "WorkloadDeleted");
  }

  @ParameterizedTest
  @FieldSource("WORKLOADS")
  void saysThatItCouldNotBeTakenBack(WorkloadRef target) {
    Restart restart = triggered(target);
    cancel(restart);
    world.workloads.answerWrites(new WriteOutcome.Refused("Forbidden", "not by you"));

    replica.work(restart);

    assertThat(assertEnded(restart, Phase.Failed, "CancelRefused").message())
        .contains("not by you (Forbidden)");
  }

  @Test
  void saysThatItWasOnItsWayBackWhenTheTimeIsUp() {
    Restart restart = triggered(Samples.WEB);
    world.rollOut(Samples.WEB);
    world.workloads.change(Samples.WEB, state -> Samples.available(state, 2));
    cancel(restart);
    replica.work(restart);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertThat(assertEnded(restart, Phase.Failed, "Timeout").message())
        .contains("PT1H", "on its way back");
  }

  @ParameterizedTest
  @FieldSource("WORKLOADS")
  void isCancelledWhenItIsFoundBackAfterTheTimeWasUp(WorkloadRef target) {
    Restart restart = triggered(target);
    cancel(restart);
    replica.work(restart);
    world.rollOut(target);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertEnded(restart, Phase.Cancelled, "TakenBack");
  }

  @Test
  void doesNotBeginToTakeBackWhenTheTimeIsUp() {
    Restart restart = triggered(Samples.WEB);
    cancel(restart);
    world.clock.pass(Duration.ofHours(1));

    replica.work(restart);

    assertEnded(restart, Phase.Failed, "Timeout");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
  }

  @Test
  void leavesTheWorkloadFreeWhenItIsCancelled() {
    Restart restart = triggered(Samples.WEB);
    cancel(restart);
    carryOut(restart);

    Restart next = world.pending("r-2", Samples.WEB);
    replica.work(next);

    assertThat(world.live(next).status().landed()).isNotNull();
  }

  @Test
  void takesBackWhatHasLandedBeforeThatWasRecorded() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.workloads.beforeWrites(() -> {
      world.workloads.beforeWrites(() -> {});
      cancel(restart);
    });

    carryOut(restart);

    assertThat(world.workloads.triggers()).hasSize(2).last().isEqualTo("null");
    assertEnded(restart, Phase.Cancelled, "TakenBack");
  }

  @Test
  void takesNothingBackAgainWhenTheCacheLags() {
    Restart restart = triggered(Samples.WEB);
    cancel(restart);
    world.store.holdCache();
    world.replica().work(restart);
    world.rollOut(Samples.WEB);

    world.replica().work(restart);
    Step step = world.replica().once(restart);

    assertThat(step).isInstanceOf(Step.Done.class);
    assertThat(world.workloads.triggers()).hasSize(2);
  }

  @Test
  void evictsTheUpdatedPodThatAStatefulSetWaitsForEver() {
    Restart restart = stuck();

    cancel(restart);
    replica.work(restart);
    List<String> early = world.workloads.evictions();
    world.workloads.change(Samples.LEDGER, Samples::observed);
    replica.work(restart);

    assertThat(early).as("before the controller has observed the former template").isEmpty();
    assertThat(world.workloads.evictions()).containsExactly("new-0");
  }

  @Test
  void triesAgainToEvictWhatABudgetForbids() {
    Restart restart = stuck();
    world.workloads.answerEvictions(new EvictionOutcome.Blocked("The budget needs 3", null));
    cancel(restart);
    replica.work(restart);
    world.workloads.change(Samples.LEDGER, Samples::observed);
    replica.work(restart);

    replica.work(restart);

    assertThat(world.workloads.evictions()).containsExactly("new-0", "new-0");
    assertThat(world.live(restart).isFinished()).isFalse();
  }

  @Test
  void evictsNoPodThatIsReady() {
    Restart restart = stuck();
    world.workloads.change(Samples.LEDGER, state -> Samples.ready(state, "new-0"));
    cancel(restart);
    replica.work(restart);
    world.workloads.change(Samples.LEDGER, Samples::observed);

    replica.work(restart);

    assertThat(world.workloads.evictions()).isEmpty();
  }

  /** The first pod of a StatefulSet was replaced by one that does not get ready. */
  private Restart stuck() {
    world.workloads.put(Samples.statefulSet(3));
    Restart restart = triggered(Samples.LEDGER);
    world.workloads.change(Samples.LEDGER, Samples::stuck);
    return restart;
  }

  private Restart triggered(WorkloadRef target) {
    Restart restart = world.pending("r-1", target);
    replica.work(restart);
    Restart now = world.live(restart);
    assertThat(now.status().landed()).isNotNull();
    return now;
  }

  private void cancel(Restart restart) {
    world.store.edit(restart.key(), restart.spec().cancelled());
  }

  private static String triggerOf(Restart restart) {
    return Objects.requireNonNull(restart.status().trigger()).text();
  }

  private RestartStatus assertEnded(Restart restart, Phase phase, String reason) {
    RestartStatus status = world.live(restart).status();
    assertThat(status.reason()).as(status.message()).isEqualTo(reason);
    assertThat(status.phase()).isEqualTo(phase);
    return status;
  }
}
