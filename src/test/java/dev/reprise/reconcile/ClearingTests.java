package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Caller;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClearingTests {

  private static final Duration WEEK = Duration.ofDays(7);

  private final World world = new World();
  private final Lead lead = new Lead();
  private final Clearing clearing = clearing(new Keeping(WEEK, 2));

  @AfterEach
  void close() {
    clearing.close();
  }

  @Test
  void deletesWhatHasEndedLongEnoughAgo() {
    ended("old");
    world.clock.pass(WEEK.minusSeconds(1));
    ended("young");
    pending("waiting");
    world.clock.pass(Duration.ofSeconds(1));

    clearing.round();

    assertThat(names()).containsExactlyInAnyOrder("young", "waiting");
  }

  @Test
  void keepsNoMoreOfAWorkloadThanItMay() {
    ended("first");
    world.clock.pass(Duration.ofSeconds(1));
    ended("second");
    world.clock.pass(Duration.ofSeconds(1));
    ended("third");
    world.clock.pass(Duration.ofHours(24));

    clearing.round();

    assertThat(names()).containsExactlyInAnyOrder("second", "third");
  }

  @Test
  void keepsForADayWhateverTheirNumber() {
    ended("first");
    ended("second");
    ended("third");
    world.clock.pass(Duration.ofHours(23));

    clearing.round();

    assertThat(names()).hasSize(3);
  }

  @Test
  void deletesAGroupBeforeItsMembers() {
    RestartGroup group = endedGroup();
    RestartSpec member = group.spec().ofMember(Samples.WEB, group.membership());
    Restart restart = world.store.put(Samples.key("member"), member, RestartStatus.NEW);
    end(restart);
    world.clock.pass(WEEK);

    clearing.round();
    assertThat(names()).containsExactly("member");
    clearing.round();

    assertThat(names()).isEmpty();
  }

  @Test
  void deletesNothingWithoutTheLead() {
    ended("old");
    world.clock.pass(WEEK);
    lead.lose();

    clearing.round();

    assertThat(names()).containsExactly("old");
  }

  @Test
  void deletesAPartInEachRound() {
    for (int number = 0; number < 150; number++) {
      ended("old-" + number);
    }
    world.clock.pass(WEEK);

    clearing.round();
    assertThat(names()).hasSize(50);
    clearing.round();

    assertThat(names()).isEmpty();
  }

  @Test
  void keepsTheNewestThatWasMadeForConfiguration() {
    end(world.pending("first", Samples.reload(1, false)));
    end(world.pending("second", Samples.reload(2, false)));
    ended("by-somebody");
    world.clock.pass(WEEK);

    clearing.round();

    assertThat(names()).containsExactly("second");
  }

  /** A high number of somebody else's must not have ours cleared away. */
  @Test
  void believesNobodyElseThatARestartWasMadeForConfiguration() {
    end(world.pending("ours", Samples.reload(1, false)));
    end(world.pending("theirs", Samples.reload(new Caller("mallory", List.of()), 9, false)));
    world.clock.pass(WEEK);

    clearing.round();

    assertThat(names()).containsExactly("ours");
  }

  private void ended(String name) {
    end(pending(name));
  }

  private Restart pending(String name) {
    return world.pending(name, Samples.WEB);
  }

  private void end(Restart restart) {
    world.store.updateStatus(
        restart, restart.status().finished(Phase.Succeeded, "Why", "How", world.clock.instant()));
  }

  private RestartGroup endedGroup() {
    return world.store.put(
        Samples.key("group"),
        Samples.all(1, OnFailure.Stop, null),
        GroupStatus.NEW.finished(
            Phase.Succeeded, "Why", "How", GroupCounts.NONE, world.clock.instant()));
  }

  private List<String> names() {
    return world.store.everything().stream().map(AnyRestart::key).map(key -> key.name()).toList();
  }

  private Clearing clearing(Keeping keeping) {
    return new Clearing(world.store, keeping, lead, world.clock);
  }
}
