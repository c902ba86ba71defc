package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A group from its recording to its end; its members are ended by hand. */
class GroupTests {

  private static final RestartKey KEY = Samples.key("group-1");

  private final World world = new World();
  private final Lead lead = new Lead();
  private final GroupReconciler leader = reconciler();

  GroupTests() {
    world.workloads.reset();
    IntStream.range(0, 5).forEach(index -> world.workloads.put(Samples.named("web-" + index, 3)));
  }

  @Test
  void beginsAsManyAsMayBeUnderWayAtOnce() {
    step(group(2, OnFailure.Stop));

    assertThat(names()).containsExactlyInAnyOrder("web-0", "web-1");
    assertThat(status().members()).hasSize(5);
  }

  @Test
  void beginsTheNextWhenOneHasEnded() {
    step(group(2, OnFailure.Stop));

    end("web-1", Phase.Succeeded);
    step();

    assertThat(names()).containsExactlyInAnyOrder("web-0", "web-1", "web-2");
  }

  @Test
  void succeedsWhenAllHave() {
    step(group(5, OnFailure.Stop));

    endAll(Phase.Succeeded);
    step();

    assertThat(status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(status().counts().succeeded()).isEqualTo(5);
  }

  @Test
  void beginsNoMoreAfterAFailure() {
    step(group(2, OnFailure.Stop));
    end("web-0", Phase.Failed);

    step();

    assertThat(names()).containsExactlyInAnyOrder("web-0", "web-1");
    assertThat(status().reason()).isEqualTo("StoppedByFailure");

    end("web-1", Phase.Succeeded);
    step();

    assertThat(status().phase()).isEqualTo(Phase.Failed);
    assertThat(status().message()).contains("web-0", "3 not begun");
  }

  @Test
  void goesOnAfterAFailureAndFailsAtTheEnd() {
    step(group(2, OnFailure.Continue));
    end("web-0", Phase.Superseded);
    step();

    assertThat(names()).contains("web-2");

    endAll(Phase.Succeeded);
    step();
    endAll(Phase.Succeeded);
    step();

    assertThat(status().phase()).isEqualTo(Phase.Failed);
    assertThat(status().counts().succeeded()).isEqualTo(4);
  }

  @Test
  void cancelsTheOthersAfterAFailure() {
    step(group(2, OnFailure.Cancel));
    end("web-0", Phase.Failed);

    step();

    assertThat(member("web-1").spec().cancel()).isTrue();
  }

  @Test
  void cancelsItsMembersWithItself() {
    step(group(2, OnFailure.Stop));
    world.store.cancel(world.store.liveGroup(KEY));

    step();
    assertThat(member("web-0").spec().cancel()).isTrue();
    endAll(Phase.Cancelled);
    step();

    assertThat(status().phase()).isEqualTo(Phase.Cancelled);
    assertThat(status().counts().waiting()).isEqualTo(3);
  }

  @Test
  void isCancelledBeforeItBegins() {
    world.store.put(KEY, spec(2, OnFailure.Stop, null).cancelled(), GroupStatus.NEW);

    step();

    assertThat(status().phase()).isEqualTo(Phase.Cancelled);
    assertThat(names()).isEmpty();
  }

  @Test
  void waitsForItsTime() {
    Instant time = world.clock.instant().plusSeconds(90);
    world.store.put(KEY, spec(2, OnFailure.Stop, time), GroupStatus.NEW);

    assertThat(step()).isEqualTo(new Step.Wait(Duration.ofSeconds(90)));
    assertThat(status().isWaiting()).isTrue();

    world.clock.pass(Duration.ofSeconds(90));
    step();

    assertThat(names()).hasSize(2);
  }

  @Test
  void countsOneThatSomebodyDeletedAsFailedAndMakesItNotAnew() {
    step(group(2, OnFailure.Continue));
    end("web-0", Phase.Succeeded);
    step();

    world.store.delete(member("web-1").key());
    step();

    assertThat(names()).doesNotContain("web-1");
    assertThat(status().lost()).isEqualTo(MemberSet.parse("1"));
    assertThat(status().counts().failed()).isEqualTo(1);
  }

  @Test
  void beginsNoMoreThanOneMayThoughTwoLeadersDo() {
    RestartGroup group = group(2, OnFailure.Stop);
    GroupReconciler other = reconciler();
    leader.reconcile(group);
    end("web-0", Phase.Succeeded);
    RestartGroup seenByBoth = world.store.liveGroup(KEY);

    leader.reconcile(seenByBoth);
    other.reconcile(seenByBoth);

    assertThat(names()).containsExactlyInAnyOrder("web-0", "web-1", "web-2");
  }

  @Test
  void makesWhatAnEarlierLeaderHadAdmittedButNotMade() {
    RestartGroup group = group(2, OnFailure.Stop);
    world.store.failCreates(new ClusterUnavailable("down", true, null, null));
    leader.reconcile(group);
    world.store.failCreates(null);

    reconciler().reconcile(world.store.liveGroup(KEY));

    assertThat(names()).containsExactlyInAnyOrder("web-0", "web-1");
  }

  @Test
  void doesNothingWithoutTheLead() {
    lead.lose();

    step(group(2, OnFailure.Stop));

    assertThat(names()).isEmpty();
  }

  @Test
  void failsWhereNothingIsSelected() {
    world.workloads.reset();

    step(group(2, OnFailure.Stop));

    assertThat(status().reason()).isEqualTo("NothingSelected");
    assertThat(status().phase()).isEqualTo(Phase.Failed);
  }

  @Test
  void givesItsMembersNamesThatStayTheSame() {
    RestartGroup group = group(2, OnFailure.Stop);

    assertThat(group.member(Samples.WEB, List.of()))
        .isEqualTo(group.member(Samples.WEB, List.of()));
    assertThat(group.member(Samples.WEB, List.of()).restart()).startsWith("web-");
  }

  private RestartGroup group(int maxParallel, OnFailure onFailure) {
    return world.store.put(KEY, spec(maxParallel, onFailure, null), GroupStatus.NEW);
  }

  private static GroupSpec spec(int maxParallel, OnFailure onFailure, @Nullable Instant notBefore) {
    return Samples.all(maxParallel, onFailure, notBefore);
  }

  private Step.Rest step(RestartGroup group) {
    return leader.reconcile(group);
  }

  private Step.Rest step() {
    return leader.reconcile(world.store.liveGroup(KEY));
  }

  private GroupStatus status() {
    return world.store.liveGroup(KEY).status();
  }

  private List<String> names() {
    return world.store.members().stream().map(member -> member.target().name()).toList();
  }

  private Restart member(String name) {
    return world.store.members().stream()
        .filter(member -> member.target().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void end(String name, Phase phase) {
    Restart member = member(name);
    world.store.updateStatus(
        member, member.status().finished(phase, "Why", "How", world.clock.instant()));
  }

  private void endAll(Phase phase) {
    world.store.members().stream()
        .filter(member -> !member.isFinished())
        .forEach(member -> end(member.target().name(), phase));
  }

  private GroupReconciler reconciler() {
    return world.groupReconciler(new RecordedMembers(world.store, world.store), world.limits, lead);
  }
}
