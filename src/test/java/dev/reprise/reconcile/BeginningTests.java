package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeginningTests {

  private final World world = new World();

  @Test
  void recordsTheTriggerBeforeTheFirstWrite() {
    Restart restart = world.pending("r-1", Samples.WEB);

    world.replica().work(restart);

    RestartStatus first = world.store.history().getFirst().status();
    assertThat(first.phase()).isEqualTo(Phase.Progressing);
    assertThat(first.startedAt()).isEqualTo(world.clock.instant());
    assertThat(first.trigger()).isEqualTo(world.trigger(Samples.WEB, world.clock.instant()));
    assertThat(first.landed()).isNull();
  }

  @Test
  void failsWhenThereIsNoSuchWorkload() {
    assertFailed(missing(new Reading.NoSuchWorkload()), "WorkloadNotFound");
  }

  @Test
  void failsWhenThereIsNoSuchNamespace() {
    assertFailed(missing(new Reading.NoSuchNamespace()), "WorkloadNotFound");
  }

  @Test
  void failsWhenThereIsNoSuchKind() {
    assertFailed(missing(new Reading.NoSuchKind()), "KindNotFound");
  }

  @Test
  void failsWhenWhoAskedHasLostTheRight() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.reviews.denyAll();

    RestartStatus status = assertFailed(restart, "Forbidden");

    assertThat(status.message())
        .contains("system:anonymous may not restart Deployment demo/web", "deployments.apps web");
  }

  @Test
  void triesAgainWhenNobodySaysWhetherWhoAskedMay() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.reviews.fail(new ClusterUnavailable("No answer", false, null, null));

    assertThat(world.replica().once(restart)).isInstanceOf(Step.Again.class);
    assertThat(world.live(restart).isFinished()).isFalse();

    world.reviews.fail(null);
    world.replica().work(restart);

    assertThat(world.live(restart).hasBegun()).isTrue();
  }

  @Test
  void triesAgainWhenItMayNotAskAboutTheOtherEndOfAReference() {
    world.workloads.put(
        Samples.deployment(0)
            .with(
                new References(
                    null, List.of((ArgoRolloutSnapshot) Samples.rollout(3).workload()))));
    Restart restart = world.pending("r-1", Samples.WEB);
    // Of the Deployment this is remembered; only the question about the Rollout is refused.
    world.access.require(restart.requestedBy(), Samples.WEB);
    world.reviews.fail(
        new ClusterRefused("cannot create subjectaccessreviews", new RuntimeException()));

    assertThat(world.replica().once(restart)).isInstanceOf(Step.Again.class);
    assertThat(world.reviews.asked()).last().extracting("kind").isEqualTo(WorkloadKind.ArgoRollout);
    assertThat(world.live(restart).isFinished()).isFalse();
  }

  private Restart missing(Reading reading) {
    world.workloads.delete(Samples.CANARY);
    world.workloads.missing(reading);
    return world.pending("r-1", Samples.CANARY);
  }

  @Test
  void failsWhenTheClusterRefusesToShowTheWorkload() {
    world.workloads.failReads(
        new ClusterRefused("deployments.apps is forbidden", new RuntimeException()));

    RestartStatus status = assertFailed(world.pending("r-1", Samples.WEB), "ReadRefused");

    assertThat(status.message()).contains("deployments.apps is forbidden");
  }

  @Test
  void failsWhenThePlanRefuses() {
    world.workloads.put(Samples.paused(Samples.deployment(3)));

    assertFailed(world.pending("r-1", Samples.WEB), "Paused");
  }

  @Test
  void hasNothingToDoForWhatIsScaledToZero() {
    world.workloads.put(Samples.deployment(0));
    Restart restart = world.pending("r-1", Samples.WEB);

    world.replica().work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.live(restart).status().reason()).isEqualTo("NothingToRestart");
    assertThat(world.workloads.triggers()).isEmpty();
  }

  /** It may have been scaled since by somebody of whom no watch has told yet. */
  @Test
  void endsForNothingThatIsOnlyRemembered() {
    world.workloads.remember(Samples.deployment(0));

    assertCarriedOut(Samples.WEB);
  }

  /** By an API server's clock that is ahead of what we have heard of it. */
  @Test
  void beginsNoSoonerThanItWasAskedFor() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.clock.pass(Duration.ofMillis(-300));

    world.replica().work(restart);

    assertThat(world.live(restart).status().startedAt()).isEqualTo(restart.requestedAt());
  }

  @Test
  void isCancelledBeforeAnythingIsDone() {
    Restart restart = world.pending("r-1", Samples.spec(Samples.WEB).cancelled());

    world.replica().work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Cancelled);
    assertThat(world.workloads.triggers()).isEmpty();
  }

  @Test
  void failsWhenAnotherUnfinishedRestartHasTheClaim() {
    world.begun("other", Samples.WEB);
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), "other"));

    RestartStatus status = assertFailed(world.pending("r-1", Samples.WEB), "Busy");

    assertThat(status.message()).contains("other");
  }

  @Test
  void findsTheClaimantThatTheCacheDoesNotKnow() {
    Restart restart = world.pending("r-1", Samples.WEB);
    world.store.holdCache();
    world.begun("other", Samples.WEB);
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), "other"));

    world.replica().work(restart);

    assertThat(world.live(restart).status().reason()).isEqualTo("Busy");
  }

  @Test
  void failsWhenAnotherHasBegunThatHasNotClaimedYet() {
    world.begun("other", Samples.WEB);

    assertFailed(world.pending("r-1", Samples.WEB), "Busy");
  }

  @Test
  void ignoresTheClaimOfAFinishedRestart() {
    Restart other = world.begun("other", Samples.WEB);
    world.store.updateStatus(
        other, other.status().finished(Phase.Succeeded, "Done", "Done", world.clock.instant()));

    assertCarriedOut("other");
  }

  @Test
  void ignoresTheClaimOfARestartWhoseEndTheCacheDoesNotShowYet() {
    Restart other = world.begun("other", Samples.WEB);
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), "other"));
    Restart restart = world.pending("r-1", Samples.WEB);
    world.store.holdCache();
    world.store.updateStatus(
        other, other.status().finished(Phase.Succeeded, "Done", "Done", world.clock.instant()));

    world.replica().work(restart);

    assertThat(world.live(restart).status().landed()).isNotNull();
  }

  @Test
  void ignoresTheClaimOfAnUnknownRestart() {
    assertCarriedOut("nobody");
  }

  @Test
  void ignoresTheClaimOfARestartOfAnotherWorkload() {
    world.begun("other", Samples.CANARY);

    assertCarriedOut("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../secrets/x", "Not a name", "a/b", "-"})
  void ignoresAClaimThatIsNoName(String claim) {
    assertCarriedOut(claim);
  }

  @Test
  void ignoresTheClaimOfAnEarlierRestartOfItsOwnName() {
    assertCarriedOut("r-1");
  }

  @Test
  void ignoresTheClaimOfAnEarlierRestartOfItsOwnNameOnARollout() {
    world.workloads.put(Samples.claimedBy(Samples.rollout(3), "r-1"));

    assertCarriedOut(Samples.CANARY);
  }

  private void assertCarriedOut(String claim) {
    world.workloads.put(Samples.claimedBy(Samples.deployment(3), claim));
    assertCarriedOut(Samples.WEB);
  }

  private void assertCarriedOut(WorkloadRef target) {
    Restart restart = world.pending("r-1", target);
    Replica replica = world.replica();
    replica.work(restart);
    world.rollOut(target);
    replica.work(restart);

    assertThat(world.live(restart).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(1);
    assertThat(world.workloads.state(target).workload().metadata().claim()).isEqualTo("r-1");
  }

  private RestartStatus assertFailed(Restart restart, String reason) {
    world.replica().work(restart);

    RestartStatus status = world.live(restart).status();
    assertThat(status.phase()).isEqualTo(Phase.Failed);
    assertThat(status.reason()).isEqualTo(reason);
    assertThat(world.workloads.triggers()).isEmpty();
    return status;
  }
}
