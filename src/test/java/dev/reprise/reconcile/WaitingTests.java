package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.References;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Restart that waits for its turn. */
@Timeout(30)
class WaitingTests {

  private final World world = new World();
  private final Replica replica = world.replica();

  @ParameterizedTest
  @EnumSource(names = {"Wait", "Join"})
  void waitsForTheOneUnderWay(WhenBusy whenBusy) {
    underWay("other");
    Restart restart = world.pending("r-1", Samples.WEB, whenBusy);

    Step step = replica.work(restart);

    assertThat(step).isInstanceOf(Step.Wait.class);
    assertWaits(restart, "Waiting for restart other to end");
    assertThat(world.live(restart).status().startedAt()).isNull();
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void waitsForTheClaimantThatTheCacheDoesNotKnow() {
    Restart restart = waiting("r-1");
    world.store.holdCache();
    world.begun("other", Samples.WEB);
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), "other"));

    replica.work(restart);

    assertWaits(restart, "Waiting for restart other to end");
  }

  @Test
  void beginsAtOnceWhenNothingIsInItsWay() {
    Restart restart = waiting("r-1");

    replica.work(restart);

    assertThat(world.live(restart).status().landed()).isNotNull();
  }

  @Test
  void beginsWhenTheOneBeforeHasEnded() {
    Restart other = underWay("other");
    Restart restart = waiting("r-1");
    replica.work(restart);
    end(other);

    world.replica().work(restart);

    assertThat(world.live(restart).status().landed()).isNotNull();
    assertThat(world.workloads.triggers()).hasSize(2);
  }

  @Test
  void countsItsTimeFromItsBeginning() {
    Restart other = underWay("other");
    Restart restart = waiting("r-1");
    replica.work(restart);
    world.clock.pass(Duration.ofMinutes(50));
    end(other);
    replica.work(restart);
    world.clock.pass(Duration.ofMinutes(50));

    replica.work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Progressing);
  }

  @Test
  void beginsInTheOrderOfAsking() {
    Restart first = waiting("r-2");
    world.clock.pass(Duration.ofSeconds(1));
    Restart second = waiting("r-1");

    replica.work(second);

    assertWaits(second, "Waiting for restart r-2 to end");
    replica.work(first);
    assertThat(world.live(first).status().landed()).isNotNull();
  }

  @Test
  void beginsInTheOrderOfNamesWhenAskedForInTheSameSecond() {
    Restart second = waiting("r-2");
    Restart first = waiting("r-1");

    replica.work(second);
    replica.work(first);

    assertWaits(second, "Waiting for restart r-1 to end");
    assertThat(world.live(first).status().landed()).isNotNull();
  }

  @Test
  void tellsHowManyWaitBeforeIt() {
    underWay("other");
    waiting("r-1");
    Restart second = waiting("r-2");
    Restart third = waiting("r-3");

    replica.work(second);
    replica.work(third);

    assertWaits(second, "Waiting for restart other to end; 1 other waits before it");
    assertWaits(third, "Waiting for restart other to end; 2 others wait before it");
  }

  @Test
  void writesNothingMoreWhileItsTurnHasNotCome() {
    underWay("other");
    Restart restart = waiting("r-1");
    replica.work(restart);
    int before = world.writes.made();

    world.replica().work(restart);

    assertThat(world.writes.made()).isEqualTo(before);
  }

  @Test
  void isCancelledWhileItWaits() {
    underWay("other");
    Restart restart = waiting("r-1");
    replica.work(restart);
    world.store.edit(restart.key(), restart.spec().cancelled());

    replica.work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Cancelled);
  }

  @Test
  void isNotOvertakenByOneThatDoesNotWait() {
    Restart restart = waiting("r-1");
    world.clock.pass(Duration.ofSeconds(1));
    Restart hasty = world.pending("r-2", Samples.WEB);

    replica.work(hasty);

    RestartStatus status = world.live(hasty).status();
    assertThat(status.phase()).isEqualTo(Phase.Failed);
    assertThat(status.reason()).isEqualTo("Busy");
    assertThat(status.message()).contains(restart.key().name());
  }

  @Test
  void isNotInTheWayOfTheRestartOfAnotherWorkload() {
    waiting("r-1");
    Restart restart = world.pending("r-2", Samples.CANARY, WhenBusy.Wait);

    replica.work(restart);

    assertThat(world.live(restart).status().landed()).isNotNull();
  }

  @Test
  void waitsForTheRestartOfTheDeploymentThatTheRolloutRefersTo() {
    waiting("r-1");
    Restart restart = world.pending("r-2", Samples.CANARY, WhenBusy.Wait);
    world.workloads.put(
        Samples.rollout(3)
            .with(
                new References((DeploymentSnapshot) Samples.deployment(0).workload(), List.of())));

    replica.work(restart);

    assertWaits(restart, "Waiting for restart r-1 to end");
  }

  /** As where one under an old name is made anew; each would wait for the other. */
  @Test
  void isNotTakenForTheClaimantBeforeItHasBegun() {
    Restart first = waiting("r-1");
    world.clock.pass(Duration.ofSeconds(1));
    waiting("r-2");
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), "r-2"));

    replica.work(first);

    assertThat(world.live(first).status().landed()).isNotNull();
  }

  @Test
  void beginsNotWhenTheCacheDoesNotShowYetThatAnotherHasBegun() {
    Restart other = world.pending("r-2", Samples.WEB, WhenBusy.Supersede);
    Restart restart = waiting("r-1");
    world.store.holdCache();
    replica.work(other);

    replica.work(restart);

    assertWaits(restart, "Waiting for restart r-2 to end");
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void beginsNotWhenAnotherBeganWhileTheWorkloadWasRead() {
    Restart restart = waiting("r-2");
    world.workloads.beforeNextRead(() -> replica.work(waiting("r-1")));

    replica.work(restart);

    assertWaits(restart, "Waiting for restart r-1 to end");
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void ofTwoThatDecideAtOnceOneBegins() throws Exception {
    Restart one = waiting("r-2");
    Thread[] another = new Thread[1];
    world.store.beforeNextStatus(() -> {
      Restart other = waiting("r-1");
      another[0] = Thread.ofPlatform().start(() -> replica.work(other));
      awaitBlockedOrEnded(another[0]);
    });

    replica.work(one);
    another[0].join();

    assertThat(world.store.all())
        .hasSize(2)
        .filteredOn(Restart::hasBegun)
        .containsExactly(world.live(one));
  }

  private static void awaitBlockedOrEnded(Thread thread) {
    while (thread.getState() != Thread.State.BLOCKED && thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private Restart waiting(String name) {
    return world.pending(name, Samples.WEB, WhenBusy.Wait);
  }

  private Restart underWay(String name) {
    Restart restart = world.begun(name, Samples.WEB);
    replica.work(restart);
    world.clock.pass(Duration.ofSeconds(1));
    return world.live(restart);
  }

  private void end(Restart restart) {
    world.rollOut(Samples.WEB);
    replica.work(restart);
    assertThat(world.live(restart).isFinished()).isTrue();
  }

  private void assertWaits(Restart restart, String message) {
    RestartStatus status = world.live(restart).status();
    assertThat(status.phase()).isEqualTo(Phase.Pending);
    assertThat(status.reason()).isEqualTo("WaitingForRestart");
    assertThat(status.message()).isEqualTo(message);
  }
}
