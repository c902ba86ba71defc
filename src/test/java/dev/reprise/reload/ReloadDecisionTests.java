package dev.reprise.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.reload.ReloadDecision.Note;
import dev.reprise.reload.ReloadDecision.Nothing;
import dev.reprise.reload.ReloadDecision.Start;
import dev.reprise.reload.ReloadDecision.Withdraw;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Reload;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReloadDecisionTests {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final WorkloadRef WEB = new WorkloadRef(WorkloadKind.Deployment, "demo", "web");
  private static final ConfigReference DB = new ConfigReference(Kind.Secret, "db");
  private static final ConfigReference APP = new ConfigReference(Kind.ConfigMap, "app");

  private final List<Restart> before = new ArrayList<>();

  @Test
  void notesWhatTheConfigurationIsAtFirstSight() {
    Reload noted = note(decide(Map.of(DB, "a")));

    assertThat(noted.baseline()).isTrue();
    assertThat(noted.contents()).containsExactly(Map.entry(DB, "a"));
    assertThat(noted.previous()).isNull();
  }

  @Test
  void doesNothingWhileNothingChanges() {
    baseline("a");

    assertThat(decide(Map.of(DB, "a"))).isEqualTo(new Nothing());
  }

  @Test
  void startsAfterAChange() {
    baseline("a");

    Start start = (Start) decide(Map.of(DB, "b"));

    assertThat(start.changed()).containsExactly(DB);
    assertThat(start.reload().baseline()).isFalse();
    assertThat(start.reload().contents()).containsEntry(DB, "b");
    assertThat(start.reload().previous()).isEqualTo(before.getLast().uid());
  }

  @Test
  void namesTheRestartByWorkloadPredecessorAndContentAlone() {
    baseline("a");
    Reload one = ((Start) decide(Map.of(DB, "b"))).reload();
    Reload again = ((Start) decide(Map.of(DB, "b"))).reload();
    Reload other = ((Start) decide(Map.of(DB, "c"))).reload();

    assertThat(again.keyFor(WEB)).isEqualTo(one.keyFor(WEB)).isNotEqualTo(other.keyFor(WEB));
  }

  @Test
  void restartsTwiceForThereAndBack() {
    baseline("a");
    Reload there = ((Start) decide(Map.of(DB, "b"))).reload();
    succeeded("b");

    Reload back = ((Start) decide(Map.of(DB, "a"))).reload();
    succeeded("a");
    Reload thereAgain = ((Start) decide(Map.of(DB, "b"))).reload();

    assertThat(back.keyFor(WEB)).isNotEqualTo(there.keyFor(WEB));
    assertThat(thereAgain.keyFor(WEB)).isNotEqualTo(there.keyFor(WEB));
  }

  @Test
  void leavesOneAloneThatHasBegunUntilItHasEnded() {
    baseline("a");
    add(restart("b", false, begun()));

    assertThat(decide(Map.of(DB, "c"))).isEqualTo(new Nothing());
  }

  @Test
  void withdrawsOneThatHasNotBegunWhenItsContentIsNoLongerSo() {
    baseline("a");
    add(restart("b", false, RestartStatus.NEW));

    assertThat(decide(Map.of(DB, "a"))).isEqualTo(new Withdraw(before.getLast()));
  }

  @Test
  void onlyNotesAChangeThatWasTakenBackBeforeAnythingBegan() {
    baseline("a");
    add(restart("b", false, ended(RestartStatus.NEW, Phase.Cancelled)));

    assertThat(note(decide(Map.of(DB, "a"))).contents()).containsEntry(DB, "a");
  }

  @Test
  void startsForWhatFollowsOneThatWasWithdrawn() {
    baseline("a");
    add(restart("b", false, ended(RestartStatus.NEW, Phase.Cancelled)));

    assertThat(decide(Map.of(DB, "c"))).isInstanceOf(Start.class);
  }

  @Test
  void triesNoRefusedOneAgainForTheSameContent() {
    baseline("a");
    add(restart("b", false, ended(RestartStatus.NEW, Phase.Failed)));

    assertThat(decide(Map.of(DB, "b"))).isEqualTo(new Nothing());
  }

  @Test
  void startsForAChangeBackOfOneThatFailedHalfWay() {
    baseline("a");
    add(restart("b", false, ended(landed(), Phase.Failed)));

    assertThat(decide(Map.of(DB, "a"))).isInstanceOf(Start.class);
  }

  @Test
  void takesWhatIsNotThereForWhatItWas() {
    baseline("a");

    assertThat(decide(Map.of())).isEqualTo(new Nothing());
  }

  @Test
  void notesWhatIsUsedAnew() {
    baseline("a");

    assertThat(note(decide(Map.of(DB, "a", APP, "x"))).contents())
        .containsOnly(Map.entry(DB, "a"), Map.entry(APP, "x"));
  }

  @Test
  void beginsAnewWithAnotherKey() {
    baseline("a");

    ReloadDecision decision =
        ReloadDecision.decide(workload(), Map.of(DB, "other"), before, "key 2");

    assertThat(note(decision).key()).isEqualTo("key 2");
  }

  private ReloadDecision decide(Map<ConfigReference, String> now) {
    return ReloadDecision.decide(workload(), now, before, "key");
  }

  private static Reloadable workload() {
    return new Reloadable(WEB, "uid-web", Set.of(DB, APP), Strategy.Auto);
  }

  private static Reload note(ReloadDecision decision) {
    return ((Note) decision).reload();
  }

  private void baseline(String content) {
    add(restart(content, true, ended(RestartStatus.NEW, Phase.Succeeded)));
  }

  private void succeeded(String content) {
    add(restart(content, false, ended(landed(), Phase.Succeeded)));
  }

  private void add(Restart restart) {
    before.add(restart);
  }

  private Restart restart(String content, boolean baseline, RestartStatus status) {
    int number = before.size() + 1;
    @Nullable String previous = before.isEmpty() ? null : before.getLast().uid();
    Reload reload = new Reload("uid-web", number, previous, "key", Map.of(DB, content), baseline);
    return new Restart(
        reload.keyFor(WEB), "uid-" + number, "1", NOW, Samples.reload(reload), status);
  }

  private static RestartStatus begun() {
    Trigger trigger =
        new Trigger(Mechanism.TemplateAnnotation, NOW, WEB, "uid-web", 1, null, "hash", 1);
    return RestartStatus.NEW.begun(trigger, NOW);
  }

  private static RestartStatus landed() {
    return begun().landed(new Landed(2, "hash-2", null));
  }

  private static RestartStatus ended(RestartStatus status, Phase phase) {
    return status.finished(phase, "Because", "", NOW);
  }
}
