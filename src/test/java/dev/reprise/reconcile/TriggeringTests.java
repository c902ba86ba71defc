package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class TriggeringTests {

  private final World world = new World();

  @Test
  void readsAgainAfterAConflict() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.workloads.beforeWrites(() -> {
      world.workloads.beforeWrites(() -> {});
      world.workloads.change(Samples.WEB, UnaryOperator.identity());
    });

    world.replica().work(restart);

    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart));
    assertThat(world.live(restart).status().landed()).isNotNull();
  }

  /** So that a caller need not wait for that record. */
  @Test
  void tellsOfATriggerBeforeItIsRecordedThatItHasLanded() {
    Restart restart = world.begun("r-1", Samples.WEB);
    List<Restart> told = new ArrayList<>();
    List<Restart> recorded = new ArrayList<>();

    new Replica(
            world,
            triggered -> {
              told.add(triggered);
              recorded.add(world.live(triggered));
            })
        .work(restart);

    assertThat(told).singleElement().matches(Restart::isTriggeredOrFinished);
    assertThat(recorded).containsExactly(restart);
    assertThat(world.live(restart).status()).isEqualTo(told.getFirst().status());
  }

  @Test
  void givesUpAfterTenConflicts() {
    Restart restart = world.begun("r-1", Samples.WEB);
    AtomicInteger tries = new AtomicInteger();
    world.workloads.beforeWrites(() -> {
      tries.incrementAndGet();
      world.workloads.change(Samples.WEB, UnaryOperator.identity());
    });

    world.replica().work(restart);

    assertThat(tries).hasValue(10);
    assertFailed(restart, "TooManyTries");
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void seesTheTenthTryLand() {
    Restart restart = world.begun("r-1", Samples.WEB);
    AtomicInteger tries = new AtomicInteger();
    world.workloads.beforeWrites(() -> {
      if (tries.incrementAndGet() < 10) {
        world.workloads.change(Samples.WEB, UnaryOperator.identity());
      }
    });

    world.replica().work(restart);

    assertThat(world.live(restart).status().landed()).isNotNull();
  }

  @Test
  void failsWithTheMessageOfAClusterThatRefuses() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.workloads.answerWrites(
        new WriteOutcome.Refused("Forbidden", "deployments.apps \"web\" is forbidden"));

    world.replica().work(restart);

    assertThat(assertFailed(restart, "WriteRefused").message())
        .isEqualTo("deployments.apps \"web\" is forbidden (Forbidden)");
  }

  @Test
  void failsWhenTheWorkloadWasPausedBetweenTwoTries() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.workloads.beforeWrites(() -> world.workloads.change(Samples.WEB, Samples::paused));

    world.replica().work(restart);

    assertFailed(restart, "Paused");
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void failsWhenTheWorkloadWasDeleted() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.workloads.delete(Samples.WEB);

    world.replica().work(restart);

    assertFailed(restart, "WorkloadDeleted");
  }

  @Test
  void failsWhenTheWorkloadWasMadeAnew() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.workloads.put(Samples.madeAnew(Samples.deployment(3)));

    world.replica().work(restart);

    assertFailed(restart, "WorkloadReplaced");
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void isCancelledBeforeTheWrite() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.store.edit(restart.key(), restart.spec().cancelled());

    world.replica().work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Cancelled);
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void givesWayToTheClaimOfAnother() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.begun("r-2", Samples.WEB);
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), "r-2"));

    world.replica().work(restart);

    assertFailed(restart, "Busy");
  }

  @Test
  void doesNotTakeTheSameValueOfAnotherForItsOwn() {
    Restart one = world.begun("r-1", Samples.WEB);
    Restart other = world.begun("r-2", Samples.WEB);
    world.replica().work(one);

    world.replica().work(other);

    assertThat(triggerOf(one)).isEqualTo(triggerOf(other));
    assertFailed(other, "Busy");
  }

  @Test
  void seesOverALostAnswerThatSomeoneElseHasChangedTheTemplateSince() {
    Restart restart = landsUnseen(Samples.WEB);
    world.workloads.change(
        Samples.WEB,
        state -> Samples.with(state, Samples.with(state.workload(), Samples.template("theirs"))));

    world.replica().work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Superseded);
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void doesNotRestartAgainWhenSomeoneTookTheClaimSince() {
    Restart restart = landsUnseen(Samples.WEB);
    world.workloads.change(Samples.WEB, state -> Samples.claimedBy(state, null));

    world.replica().work(restart);

    assertThat(world.live(restart).status().landed()).isNotNull();
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void writesNothingWhenTheTimeIsUp() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.clock.pass(Duration.ofHours(2));

    world.replica().work(restart);

    assertFailed(restart, "Timeout");
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void followsToTheEndWhatHasLandedThoughTheTimeIsUp() {
    Restart restart = landsUnseen(Samples.CANARY);
    world.clock.pass(Duration.ofHours(2));

    world.replica().work(restart);

    assertFailed(restart, "Timeout");
    assertThat(world.workloads.triggers()).containsExactly(triggerOf(restart), "null");
  }

  /** The trigger is in the workload, and nobody has recorded it. */
  private Restart landsUnseen(WorkloadRef target) {
    Restart restart = world.begun("r-1", target);
    world.workloads.write(
        world.workloads.state(target),
        Objects.requireNonNull(restart.status().trigger()),
        new Mark("r-1", ""));
    return restart;
  }

  private static String triggerOf(Restart restart) {
    return Objects.requireNonNull(restart.status().trigger()).text();
  }

  private RestartStatus assertFailed(Restart restart, String reason) {
    RestartStatus status = world.live(restart).status();
    assertThat(status.reason()).isEqualTo(reason);
    assertThat(status.phase()).isEqualTo(Phase.Failed);
    assertThat(status.finishedAt()).isNotNull();
    return status;
  }
}
