package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.Writes.Fault;
import dev.reprise.restart.Writes.Killed;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A Restart is carried out once, whatever befalls whoever carries it out. */
class ReconcilerTests {

  /** Trigger decided, trigger written, landed recorded, end recorded. */
  private static final int WRITES = 4;

  private final World world = new World();

  @ParameterizedTest
  @MethodSource("workloads")
  void carriesARestartOutInSoManyWrites(WorkloadRef target) {
    Restart restart = world.pending("r-1", target);

    carryOut(restart);

    assertRestartedOnce(restart);
    assertThat(world.writes.made()).isEqualTo(WRITES);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void restartsOnceWhicheverWriteFails(WorkloadRef target, int write, Fault fault) {
    Restart restart = world.pending("r-1", target);
    world.writes.failAt(write, fault);

    carryOut(restart);

    assertRestartedOnce(restart);
  }

  static Stream<WorkloadRef> workloads() {
    return Stream.of(Samples.WEB, Samples.CANARY);
  }

  static Stream<Arguments> faults() {
    return workloads()
        .flatMap(target ->
            IntStream.rangeClosed(1, WRITES)
                .boxed()
                .flatMap(write ->
                    Stream.of(Fault.values()).map(fault -> Arguments.of(target, write, fault))));
  }

  /** By one replica, or by a successor from where the first was killed. */
  private void carryOut(Restart restart) {
    Replica replica = world.replica();
    for (int round = 0; round < 20 && !world.live(restart).isFinished(); round++) {
      try {
        if (replica.work(restart) instanceof Step.Wait) {
          world.rollOut(restart.target());
        }
      } catch (Killed _) {
        replica = world.replica();
      }
    }
  }

  private void assertRestartedOnce(Restart restart) {
    assertThat(world.workloads.triggers()).hasSize(1);
    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    List<RestartStatus> written = world.store.history().stream().map(Restart::status).toList();
    assertThat(written).filteredOn(status -> status.phase().isFinished()).hasSize(1);
    assertThat(written.stream().map(RestartStatus::trigger).filter(Objects::nonNull).distinct())
        .singleElement()
        .satisfies(
            trigger -> assertThat(world.workloads.triggers()).containsExactly(trigger.text()));
  }

  @Test
  void writesNothingMoreWhenItWasCarriedOut() {
    Restart restart = world.pending("r-1", Samples.WEB);
    carryOut(restart);
    int before = world.writes.made();

    Step step = world.replica().once(restart);

    assertThat(step).isInstanceOf(Step.Done.class);
    assertThat(world.writes.made()).isEqualTo(before);
  }

  @Test
  void comesTooLateWithTheWriteOfALeaderThatWasDeposed() {
    Restart restart = world.pending("r-1", Samples.WEB);
    Replica deposed = world.replica();
    Replica successor = world.replica();
    world.workloads.beforeWrites(() -> {
      world.workloads.beforeWrites(() -> {});
      deposed.losesLeadership();
      successor.work(restart);
    });

    Step step = deposed.work(restart);

    assertThat(step).isInstanceOf(Step.Done.class);
    assertThat(world.workloads.triggers()).hasSize(1);
    assertThat(world.live(restart).status().landed()).isNotNull();
  }

  @Test
  void doesNothingWithoutLeadership() {
    Restart restart = world.pending("r-1", Samples.WEB);
    Replica replica = world.replica();
    replica.losesLeadership();

    Step step = replica.once(restart);

    assertThat(step).isInstanceOf(Step.Done.class);
    assertThat(world.writes.made()).isZero();
  }

  @Test
  void stopsBetweenTwoStepsWhenLeadershipIsLost() {
    Restart restart = world.pending("r-1", Samples.WEB);
    Replica replica = world.replica();
    world.store.beforeNextStatus(replica::losesLeadership);

    replica.work(restart);

    assertThat(world.live(restart).status().trigger()).isNotNull();
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void doesNotDecideAgainWhenTheCacheLags() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.store.holdCache();
    world.replica().work(restart);
    world.clock.pass(Duration.ofMinutes(1));

    Step step = world.replica().once(restart);
    world.store.catchUp();
    world.replica().work(restart);

    assertThat(step).isInstanceOf(Step.Wait.class);
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void followsARestartToItsEndThoughTheCacheStandsStill() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.store.holdCache();
    world.replica().work(restart);
    world.rollOut(Samples.WEB);

    world.replica().work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void doesNotWriteATriggerAgainThatSomebodyHasTakenBackSince() {
    Restart restart = world.begun("r-1", Samples.CANARY);
    world.store.holdCache();
    world.replica().work(restart);
    world.workloads.change(
        Samples.CANARY,
        state ->
            Samples.claimedBy(
                Samples.with(state, Samples.rollout(3).workload()), restart.key().name()));

    world.replica().work(restart);

    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void givesUpForAWhileWhenSomebodyAlwaysWritesFirst() {
    Restart restart = world.pending("r-1", Samples.WEB);
    Replica replica = world.replica();
    world.store.alwaysOvertake();

    assertThat(replica.once(restart)).isInstanceOf(Step.Again.class);
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void waitsAMinuteAtMostHoweverLongItIsAskedTo() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.workloads.failReads(
        new ClusterUnavailable("Too many requests", false, Duration.ofDays(1), null));

    assertThat(world.replica().once(restart)).isEqualTo(new Step.Again(Duration.ofMinutes(1)));
  }

  @Test
  void isDoneWithARestartThatWasDeleted() {
    Restart restart = world.pending("r-1", Samples.WEB);
    Replica replica = world.replica();
    replica.work(restart);
    world.store.delete(restart.key());

    Step step = replica.once(restart);

    assertThat(step).isInstanceOf(Step.Done.class);
    assertThat(world.workloads.followers()).isZero();
  }

  @Test
  void stopsFollowingWhenTheRestartHasEnded() {
    Restart restart = world.pending("r-1", Samples.WEB);

    carryOut(restart);

    assertThat(world.workloads.followers()).isZero();
  }

  @Test
  void waitsAsLongAsTheClusterAsks() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.workloads.failReads(
        new ClusterUnavailable("Too many requests", false, Duration.ofSeconds(7), null));

    assertThat(world.replica().once(restart)).isEqualTo(new Step.Again(Duration.ofSeconds(7)));
  }

  @Test
  void goesOnWhenTheClusterAnswersAgain() {
    Restart restart = world.pending("r-1", Samples.WEB);
    Replica replica = world.replica();
    world.workloads.failReads(new ClusterUnavailable("Silent", false, null, null));
    replica.once(restart);

    world.workloads.failReads(null);
    replica.work(restart);

    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void triesAgainLaterWhenTheClusterRefusesToShowAWorkloadUnderWay() {
    Restart restart = world.begun("r-1", Samples.WEB);
    world.workloads.failReads(new ClusterRefused("pods is forbidden", new RuntimeException()));

    assertThat(world.replica().once(restart)).isInstanceOf(Step.Again.class);
  }

  @Test
  void ofTwoThatBeganAtOnceOneIsCarriedOut() {
    Restart one = world.begun("r-1", Samples.WEB);
    Restart other = world.begun("r-2", Samples.WEB);
    Replica replica = world.replica();
    world.store.beforeNextStatus(() -> replica.work(other));

    replica.work(one);

    assertThat(world.workloads.triggers()).hasSize(1);
    assertThat(List.of(world.live(one).status().reason(), world.live(other).status().reason()))
        .containsOnlyOnce("Busy");
  }

  @Test
  void ofTwoThatBeganAtOnceOneIsCarriedOutInEitherOrder() {
    Restart one = world.begun("r-1", Samples.WEB);
    Restart other = world.begun("r-2", Samples.WEB);
    Replica replica = world.replica();
    world.store.beforeNextStatus(() -> replica.work(one));

    replica.work(other);

    assertThat(world.workloads.triggers()).hasSize(1);
    assertThat(List.of(world.live(one).status().reason(), world.live(other).status().reason()))
        .containsOnlyOnce("Busy");
  }
}
