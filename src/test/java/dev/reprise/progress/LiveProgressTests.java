package dev.reprise.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.Writes;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.workload.Landed;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveProgressTests {

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  private final LiveProgress progress = new LiveProgress(store, workloads, clock);

  @BeforeEach
  void runTheWorkload() {
    workloads.put(Samples.deployment(3));
  }

  @Test
  void showsTheCountsOfThisMoment() {
    Restart shown = progress.now(underWay()).restart();

    assertThat(Objects.requireNonNull(shown.status().progress()).desired()).isEqualTo(3);
    assertThat(Objects.requireNonNull(shown.status().progress()).old()).isEqualTo(3);
  }

  @Test
  void showsNothingOfAnotherWorkloadOfItsName() {
    Restart restart = underWay();
    workloads.put(Samples.available(Samples.madeAnew(workloads.state(Samples.WEB)), 0));

    assertThat(progress.now(restart).restart().status()).isEqualTo(restart.status());
  }

  @Test
  void leavesItToTheLeaderToEndARestart() {
    Restart restart = underWay();
    workloads.change(Samples.WEB, Samples::rolledOut);

    Restart shown = progress.now(restart).restart();

    assertThat(shown.status().phase()).isEqualTo(Phase.Progressing);
    assertThat(Objects.requireNonNull(shown.status().progress()).replaced()).isEqualTo(3);
  }

  @Test
  void tellsHowMuchLongerItTakesAsThePodsWentSoFar() {
    Restart restart = underWay();
    clock.pass(Duration.ofSeconds(10));
    assertThat(progress.now(restart).remaining()).isNull();

    replaceOnePod();

    assertThat(progress.now(restart).remaining()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void showsTheWayBack() {
    LiveRestart shown = progress.now(takenBack(true));

    assertThat(shown.restart().status().reason()).isEqualTo("Cancelling");
    assertThat(shown.restart().status().message())
        .isEqualTo("Old pods back: 2/3; new ones left: 1");
    assertThat(shown.restart().status().phase()).isEqualTo(Phase.Progressing);
    assertThat(shown.restart().status().revisions()).isEqualTo(new RevisionChange(2, 1L));
    assertThat(shown.remaining()).isNull();
  }

  @Test
  void takesWhatWasTakenBackButNotRecordedYetForNobodyElsesChange() {
    Restart shown = progress.now(takenBack(false)).restart();

    assertThat(shown.status().reason()).isEqualTo("Cancelling");
    assertThat(shown.status().message()).isEqualTo("Old pods back: 2/3; new ones left: 1");
  }

  private void replaceOnePod() {
    WorkloadState before = workloads.state(Samples.WEB);
    WorkloadState rolledOut = Samples.rolledOut(before);
    workloads.put(
        new WorkloadState(
            rolledOut.workload(),
            rolledOut.revisions(),
            Stream.concat(before.pods().stream().skip(1), rolledOut.pods().stream().limit(1))
                .toList()));
  }

  /** One of its three pods was replaced when it was cancelled. */
  private Restart takenBack(boolean isRecorded) {
    Restart restart = underWay();
    replaceOnePod();
    workloads.takeBack(
        workloads.state(Samples.WEB).workload(), Samples.TRIGGER, new Mark("r-1", ""));
    workloads.change(Samples.WEB, Samples::observed);
    store.edit(restart.key(), restart.spec().cancelled());
    Restart cancelled = store.live(restart.key());
    return isRecorded
        ? cancelled.with(cancelled.status().takenBack(new Landed(3, "first", null)))
        : cancelled;
  }

  @Test
  void showsAFinishedOneAsItWasRecorded() {
    Restart restart = underWay();
    Restart finished =
        restart.with(restart.status().finished(Phase.Succeeded, "Done", "Done", clock.instant()));

    assertThat(progress.now(finished).restart()).isEqualTo(finished);
  }

  @Test
  void showsOneThatHasNotLandedAsItWasRecorded() {
    Restart pending = store.put(Samples.key("r-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);

    assertThat(progress.now(pending).restart()).isEqualTo(pending);
  }

  @Test
  void showsWhatWasRecordedUntilTheWatchesHaveCaughtUp() {
    Restart restart = underWay();
    workloads.setSynced(false);

    assertThat(progress.now(restart).restart()).isEqualTo(restart);
  }

  @Test
  void showsWhatWasRecordedOfAWorkloadThatIsGone() {
    Restart restart = underWay();
    workloads.delete(Samples.WEB);

    assertThat(progress.now(restart).restart()).isEqualTo(restart);
  }

  @Test
  void stopsFollowingAfterEachLook() {
    progress.now(underWay());

    assertThat(workloads.followers()).isZero();
  }

  private Restart underWay() {
    workloads.write(workloads.state(Samples.WEB), Samples.TRIGGER, new Mark("r-1", ""));
    return store.put(
        Samples.key("r-1"),
        Samples.spec(Samples.WEB),
        RestartStatus.NEW
            .begun(Samples.TRIGGER, clock.instant())
            .landed(new Landed(2, Samples.template(Samples.TRIGGER.text()).hash(), null)));
  }
}
