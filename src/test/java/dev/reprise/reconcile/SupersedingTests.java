package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.workload.Landed;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Restart that takes the place of another. */
class SupersedingTests {

  private final World world = new World();
  private final Replica replica = world.replica();

  static Stream<WorkloadRef> workloads() {
    return Stream.of(Samples.WEB, Samples.CANARY);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void takesThePlaceOfOneThatIsFollowed(WorkloadRef target) {
    Restart other = landed("other", target);
    Restart restart = superseding("r-1", target);

    replica.work(restart);
    replica.work(other);
    world.rollOut(target);
    replica.work(restart);

    assertSuperseded(other, "r-1");
    assertThat(phaseOf(restart)).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void takesThePlaceOfOneWhoseTriggerHasNotLanded(WorkloadRef target) {
    Restart other = begun("other", target);
    Restart restart = superseding("r-1", target);

    replica.work(restart);
    replica.work(other);

    assertSuperseded(other, "r-1");
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void takesThePlaceOfOneWhoseLandingNobodyHasRecorded(WorkloadRef target) {
    Restart other = begun("other", target);
    world.workloads.write(
        world.workloads.state(target),
        Objects.requireNonNull(other.status().trigger()),
        new Mark("other", ""));
    Restart restart = superseding("r-1", target);

    replica.work(restart);
    replica.work(other);

    assertSuperseded(other, "r-1");
    assertThat(world.workloads.triggers()).hasSize(2);
  }

  @Test
  void hasTakenThePlaceThoughItHasEndedSince() {
    Restart other = begun("other", Samples.WEB);
    Restart restart = superseding("r-1", Samples.WEB);
    replica.work(restart);
    world.rollOut(Samples.WEB);
    replica.work(restart);

    replica.work(other);

    assertThat(phaseOf(restart)).isEqualTo(Phase.Succeeded);
    assertSuperseded(other, "r-1");
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void takesThePlaceOfThoseThatWait() {
    landed("other", Samples.WEB);
    Restart waiting = world.pending("r-1", Samples.WEB, WhenBusy.Wait);
    replica.work(waiting);
    world.clock.pass(Duration.ofSeconds(1));
    Restart restart = superseding("r-2", Samples.WEB);

    replica.work(restart);
    replica.work(waiting);

    assertSuperseded(waiting, "r-2");
  }

  @Test
  void leavesThoseThatWaitAloneWhenItIsRefused() {
    Restart other = landed("other", Samples.WEB);
    Restart waiting = world.pending("r-1", Samples.WEB, WhenBusy.Wait);
    world.clock.pass(Duration.ofSeconds(1));
    world.workloads.answerWrites(new WriteOutcome.Refused("Forbidden", "No"));
    Restart restart = superseding("r-2", Samples.WEB);

    replica.work(restart);
    replica.work(waiting);
    replica.work(other);

    assertThat(phaseOf(restart)).isEqualTo(Phase.Failed);
    assertThat(world.live(waiting).status().isWaiting()).isTrue();
    assertThat(phaseOf(other)).isEqualTo(Phase.Progressing);
  }

  /** Nobody knows which of them was first, and one restart too many leaves no old pod. */
  @Test
  void letsThoseWaitThatWereAskedForInTheSecondInWhichItBegan() {
    world.clock.pass(Duration.ofMillis(200));
    Restart restart = superseding("r-1", Samples.WEB);
    replica.work(restart);
    world.clock.pass(Duration.ofMillis(400));
    Restart waiting = world.pending("r-2", Samples.WEB, WhenBusy.Wait);

    replica.work(waiting);

    assertThat(world.live(waiting).status().isWaiting()).isTrue();
  }

  /** By the clock of its leader, which may be behind the other's. */
  @Test
  void beginsAfterTheOneWhosePlaceItTakes() {
    Restart other = landed("r-2", Samples.CANARY);
    world.clock.pass(Duration.ofMillis(-1200));
    Restart restart = superseding("r-1", Samples.CANARY);

    replica.work(restart);
    replica.work(other);

    assertThat(world.live(restart).status().startedAt()).isAfter(other.status().startedAt());
    assertSuperseded(other, "r-1");
  }

  @Test
  void isSupersededByALaterOne() {
    Restart earlier = superseding("r-2", Samples.WEB);
    replica.work(earlier);
    Restart later = superseding("r-1", Samples.WEB);

    replica.work(later);
    replica.work(earlier);
    world.rollOut(Samples.WEB);
    replica.work(later);

    assertSuperseded(earlier, "r-1");
    assertThat(phaseOf(later)).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoAtOnceTheOneWithTheLaterTriggerIsCarriedOut(boolean laterFirst) {
    Restart earlier = begunSuperseding("r-1");
    world.clock.pass(Duration.ofSeconds(1));
    Restart later = begunSuperseding("r-2");

    inEitherOrder(earlier, later, laterFirst);

    assertSuperseded(earlier, "r-2");
    assertThat(phaseOf(later)).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(laterFirst ? 1 : 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoWithTheSameTriggerOneIsCarriedOut(boolean laterFirst) {
    Restart earlier = begunSuperseding("r-1");
    Restart later = begunSuperseding("r-2");

    inEitherOrder(earlier, later, laterFirst);

    assertSuperseded(earlier, "r-2");
    assertThat(phaseOf(later)).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  private void inEitherOrder(Restart earlier, Restart later, boolean laterFirst) {
    List<Restart> both = laterFirst ? List.of(later, earlier) : List.of(earlier, later);
    both.forEach(replica::work);
    both.forEach(replica::work);
    world.rollOut(Samples.WEB);
    both.forEach(replica::work);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "nobody", "elsewhere", "hasty", "../x"})
  void isNotTakenForSupersededByAnyName(String claim) {
    finished("before");
    Restart restart = landed("r-1", Samples.WEB);
    world.begun("elsewhere", Samples.spec(Samples.CANARY, WhenBusy.Supersede), later());
    world.begun("hasty", Samples.spec(Samples.WEB), later());
    world.workloads.change(Samples.WEB, state -> Samples.claimedBy(state, claim));

    replica.work(restart);
    world.rollOut(Samples.WEB);
    replica.work(restart);

    assertThat(phaseOf(restart)).isEqualTo(Phase.Succeeded);
  }

  private void finished(String name) {
    Restart before = superseding(name, Samples.WEB);
    replica.work(before);
    world.rollOut(Samples.WEB);
    replica.work(before);
    assertThat(phaseOf(before)).isEqualTo(Phase.Succeeded);
  }

  /** On a Rollout the claim stands before the Deployment that it refers to is written. */
  @Test
  void isNotSupersededBeforeTheOtherOneHasLanded() {
    Restart other = landed("other", Samples.CANARY);
    Restart restart = world.begun("r-1", Samples.spec(Samples.CANARY, WhenBusy.Supersede), later());
    world.workloads.change(Samples.CANARY, state -> Samples.claimedBy(state, "r-1"));

    replica.work(other);
    assertThat(phaseOf(other)).isEqualTo(Phase.Progressing);
    world.store.updateStatus(restart, restart.status().landed(new Landed(1, "first", null)));
    replica.work(other);

    assertSuperseded(other, "r-1");
  }

  @Test
  void leavesNoRestartAtBehindWhenItsTimeIsUp() {
    Restart other = landed("other", Samples.CANARY);
    Restart restart = superseding("r-1", Samples.CANARY);
    replica.work(restart);
    replica.work(other);
    world.clock.pass(Duration.ofHours(2));

    replica.work(restart);

    assertThat(world.live(restart).status().reason()).isEqualTo("Timeout");
    assertThat(world.workloads.triggers()).hasSize(3).last().isEqualTo("null");
  }

  private Restart superseding(String name, WorkloadRef target) {
    return world.pending(name, target, WhenBusy.Supersede);
  }

  private Restart begunSuperseding(String name) {
    return world.begun(name, Samples.spec(Samples.WEB, WhenBusy.Supersede), world.clock.instant());
  }

  /** A second ago, by the time this returns. */
  private Restart begun(String name, WorkloadRef target) {
    Restart restart = world.begun(name, target);
    world.clock.pass(Duration.ofSeconds(1));
    return restart;
  }

  private Restart landed(String name, WorkloadRef target) {
    Restart restart = begun(name, target);
    replica.work(restart);
    assertThat(world.live(restart).status().landed()).isNotNull();
    return world.live(restart);
  }

  private Instant later() {
    return world.clock.instant().plusSeconds(5);
  }

  private Phase phaseOf(Restart restart) {
    return world.live(restart).status().phase();
  }

  private void assertSuperseded(Restart restart, String by) {
    RestartStatus status = world.live(restart).status();
    assertThat(status.phase()).isEqualTo(Phase.Superseded);
    assertThat(status.reason()).isEqualTo("SupersededByRestart");
    assertThat(status.message()).isEqualTo("Restart " + by + " took its place");
  }
}
