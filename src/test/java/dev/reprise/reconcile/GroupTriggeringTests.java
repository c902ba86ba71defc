package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import dev.reprise.restart.Writes.Fault;
import dev.reprise.restart.Writes.Killed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Members whose triggers are recorded with their group, and written before they are made. */
class GroupTriggeringTests {

  private static final RestartKey KEY = Samples.key("group-1");

  /** Two triggers, two creates, and of each member what it began with, progress and end. */
  private static final int WRITES = 10;

  private final World world = new World();

  GroupTriggeringTests() {
    world.workloads.reset();
    IntStream.range(0, 2).forEach(index -> world.workloads.put(Samples.named("web-" + index, 3)));
  }

  @Test
  void writesNothingBeforeAllIsRecorded() {
    group(WhenBusy.Reject);
    List<Trigger> recorded = new ArrayList<>();
    world.writes.beforeEach(() -> recorded().forEach(recorded::add));

    group().reconcile(world.store.liveGroup(KEY));

    assertThat(recorded).hasSizeGreaterThanOrEqualTo(2).doesNotContainNull();
    assertThat(world.workloads.triggers()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource
  void restartsEachOnceWhicheverWriteFails(int write, Fault fault) {
    group(WhenBusy.Reject);
    world.writes.failAt(write, fault);

    carryOut();

    assertThat(world.writes.made()).isGreaterThanOrEqualTo(WRITES);
    assertThat(world.workloads.triggers()).hasSize(2);
    assertThat(world.store.members())
        .hasSize(2)
        .allMatch(member -> member.phase() == Phase.Succeeded)
        .extracting(member -> member.status().trigger())
        .containsExactlyInAnyOrderElementsOf(recorded().toList());
  }

  static Stream<Arguments> restartsEachOnceWhicheverWriteFails() {
    return IntStream.rangeClosed(1, WRITES)
        .boxed()
        .flatMap(write -> Stream.of(Fault.values()).map(fault -> Arguments.of(write, fault)));
  }

  /** By one replica, or by a successor from where the first was killed. */
  private void carryOut() {
    GroupReconciler group = group();
    Replica replica = world.replica();
    for (int round = 0; round < 20 && !world.store.liveGroup(KEY).isFinished(); round++) {
      try {
        group.reconcile(world.store.liveGroup(KEY));
        for (Restart member : world.store.members()) {
          replica.work(member);
          world.rollOut(member.target());
        }
      } catch (Killed _) {
        group = group();
        replica = world.replica();
      }
    }
  }

  @Test
  void leavesAWorkloadThatIsBeingRestartedToItsOwnRestart() {
    world.begun("other", web(0));
    group(WhenBusy.Wait);

    group().reconcile(world.store.liveGroup(KEY));

    assertThat(members().getFirst().trigger()).isNull();
    assertThat(members().getLast().trigger()).isNotNull();
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void leavesThemToTheirRestartsWhereTheyTakeThePlaceOfOthers() {
    group(WhenBusy.Supersede);

    group().reconcile(world.store.liveGroup(KEY));

    assertThat(recorded()).isEmpty();
    assertThat(world.store.members()).hasSize(2);
  }

  @Test
  void beginsNoMoreThanThereArePlaces() {
    group(WhenBusy.Reject);

    group(new Limits(1, 10)).reconcile(world.store.liveGroup(KEY));

    assertThat(recorded()).hasSize(1);
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void isInTheWayOfOthersThoughItsRestartIsNotMadeYet() {
    group(WhenBusy.Reject);
    world.store.failCreates(new ClusterUnavailable("down", true, null, null));
    group().reconcile(world.store.liveGroup(KEY));
    world.store.failCreates(null);

    Restart other = world.pending("other", web(0));
    world.replica().work(other);

    assertThat(world.live(other).status().reason()).isEqualTo("Busy");
    assertThat(world.workloads.triggers()).hasSize(2);
  }

  @Test
  void holdsItsPlaceUnderTheNextLeaderThoughItsRestartIsNotMadeYet() {
    group(WhenBusy.Reject);
    world.store.failCreates(new ClusterUnavailable("down", true, null, null));
    group().reconcile(world.store.liveGroup(KEY));

    Places places =
        new Places(world.store, new RecordedMembers(world.store, world.store), new Limits(2, 10));
    places.begin();

    assertThat(places.waitsFor(world.pending("other", Samples.WEB))).isPresent();
  }

  @Test
  void tellsItsRestartWhatTheWriteHasLeft() {
    group(WhenBusy.Reject);
    RecordedMembers recorded = new RecordedMembers(world.store, world.store);
    group(recorded, world.limits).reconcile(world.store.liveGroup(KEY));

    assertThat(world.store.members())
        .hasSize(2)
        .allSatisfy(member ->
            assertThat(recorded.beginningOf(member).map(RestartStatus::landed)).isPresent());
  }

  private void group(WhenBusy whenBusy) {
    GroupSpec like = Samples.all(2, OnFailure.Stop, null);
    world.store.put(
        KEY,
        new GroupSpec(
            like.selection(),
            like.strategy(),
            like.reason(),
            like.acceptDowntime(),
            whenBusy,
            like.notBefore(),
            like.timeout(),
            like.maxParallel(),
            like.onFailure(),
            like.skipRefused(),
            like.requestedBy(),
            like.fingerprint(),
            like.cancel()),
        GroupStatus.NEW);
  }

  private static WorkloadRef web(int number) {
    return Samples.named("web-" + number, 3).workload().ref();
  }

  private List<Member> members() {
    return world.store.liveGroup(KEY).status().members();
  }

  private Stream<Trigger> recorded() {
    return members().stream().map(Member::trigger).filter(Objects::nonNull);
  }

  private GroupReconciler group() {
    return group(world.limits);
  }

  private GroupReconciler group(Limits limits) {
    return group(new RecordedMembers(world.store, world.store), limits);
  }

  private GroupReconciler group(RecordedMembers recorded, Limits limits) {
    return world.groupReconciler(recorded, limits, new Lead());
  }
}
