package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.plan.Finding;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class RestartsTests {

  private static final Caller ANNA = new Caller("anna", List.of());

  private static final RestartStatus BEGUN =
      RestartStatus.NEW.begun(Samples.TRIGGER, HandClock.START);

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  private final RestartWaiting waiting = new RestartWaiting(store);
  private final Restarts restarts =
      new Restarts(
          store,
          workloads,
          waiting,
          Samples.PLANNER,
          Samples.OPEN,
          Samples.NO_COOLDOWN,
          new Random(1));

  @BeforeEach
  void runTheWorkloads() {
    workloads.put(Samples.deployment(3));
    workloads.put(Samples.rollout(3));
    // Nobody is kept waiting for a trigger, unless a test wants it.
    waiting.release();
  }

  @Test
  void recordsWhatWasAsked() throws Exception {
    Restart restart = accepted(request(Samples.WEB, null));

    assertThat(store.live(restart.key())).isEqualTo(restart);
    assertThat(restart.target()).isEqualTo(Samples.WEB);
    assertThat(restart.spec().requestedBy()).isEqualTo(ANNA);
    assertThat(restart.spec().reason()).isEqualTo("rotated a password");
    assertThat(restart.key().namespace()).isEqualTo("demo");
    assertThat(restart.key().name()).startsWith("web-");
    assertThat(workloads.triggers()).isEmpty();
  }

  @Test
  void answersPendingWithoutALeader() throws Exception {
    Restart restart = accepted(request(Samples.WEB, null));

    assertThat(restart.status()).isEqualTo(RestartStatus.NEW);
    assertThat(restart.status().message()).contains("leader");
  }

  @Test
  void waitsForTheTriggersOutcome() throws Exception {
    RestartWaiting patient = new RestartWaiting(store);
    store.afterNextCreate(() -> {
      Restart created = store.all().getFirst();
      store.updateStatus(
          created, created.status().finished(Phase.Failed, "WriteRefused", "No", clock.instant()));
    });

    StartOutcome outcome =
        new Restarts(
                store,
                workloads,
                patient,
                Samples.PLANNER,
                Samples.OPEN,
                Samples.NO_COOLDOWN,
                new Random(1))
            .start(request(Samples.WEB, null));

    assertThat(((StartOutcome.Accepted) outcome).restart().hasFailedBeforeWriting()).isTrue();
  }

  @Test
  void givesTheSameRestartForTheSameKey() throws Exception {
    Restart first = accepted(request(Samples.WEB, "k-1"));

    Restart again = accepted(request(Samples.WEB, "k-1"));

    assertThat(again).isEqualTo(first);
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void givesTheSameRestartForTheSameKeyWhenItHasEnded() throws Exception {
    Restart first = accepted(request(Samples.WEB, "k-1"));
    finish(first);
    workloads.put(Samples.paused(Samples.deployment(3)));

    Restart again = accepted(request(Samples.WEB, "k-1"));

    assertThat(again.key()).isEqualTo(first.key());
    assertThat(again.status().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void givesTheSameRestartForAKeyThatTheCacheDoesNotKnowYet() throws Exception {
    store.holdCache();
    Restart first = accepted(request(Samples.WEB, "k-1"));

    assertThat(accepted(request(Samples.WEB, "k-1"))).isEqualTo(first);
  }

  @Test
  void refusesTheSameKeyForAnotherRequest() throws Exception {
    Restart first = accepted(request(Samples.WEB, "k-1"));

    StartOutcome outcome = restarts.start(request(Samples.CANARY, "k-1"));

    assertThat(outcome).isEqualTo(new StartOutcome.KeyReused(first));
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void givesTheSameRestartWhenTwoAskWithTheSameKeyAtOnce() throws Exception {
    RestartKey key = Samples.key(RestartNames.ofKey("anna", "demo", "k-1"));
    StartRequest request = request(Samples.WEB, "k-1");
    workloads.beforeNextRead(() -> store.put(key, request.spec(), RestartStatus.NEW));

    assertThat(accepted(request)).isEqualTo(store.live(key));
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void refusesTheSameKeyWhenAnotherRequestWasFaster() throws Exception {
    RestartKey key = Samples.key(RestartNames.ofKey("anna", "demo", "k-1"));
    workloads.beforeNextRead(() -> store.put(key, Samples.spec(Samples.CANARY), RestartStatus.NEW));

    assertThat(restarts.start(request(Samples.WEB, "k-1")))
        .isEqualTo(new StartOutcome.KeyReused(store.live(key)));
  }

  @Test
  void takesAnotherNameWhenARandomOneIsTaken() throws Exception {
    String taken = RestartNames.readable("web", new Random(1));
    store.put(Samples.key(taken), Samples.spec(Samples.CANARY), RestartStatus.NEW);

    Restart restart = accepted(request(Samples.WEB, null));

    assertThat(restart.key().name()).startsWith("web-").isNotEqualTo(taken);
    assertThat(restart.target()).isEqualTo(Samples.WEB);
  }

  @Test
  void namesTheOneThatIsUnderWay() throws Exception {
    Restart first = accepted(request(Samples.WEB, null));

    assertThat(restarts.start(request(Samples.WEB, null)))
        .isEqualTo(new StartOutcome.Busy(first.key()));
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void namesTheOneThatIsUnderWayRatherThanOneThatWaits() throws Exception {
    accepted(request(WhenBusy.Wait));
    Restart begun = store.put(Samples.key("z-1"), Samples.spec(Samples.WEB), BEGUN);

    assertThat(restarts.start(request(Samples.WEB, null)))
        .isEqualTo(new StartOutcome.Busy(begun.key()));
  }

  @ParameterizedTest
  @EnumSource(names = {"Wait", "Join", "Supersede"})
  void recordsWhatIsNotKeptByTheOneUnderWay(WhenBusy whenBusy) throws Exception {
    store.put(Samples.key("begun"), Samples.spec(Samples.WEB), BEGUN);

    Restart restart = accepted(request(whenBusy));

    assertThat(store.all()).hasSize(2).contains(restart);
    assertThat(restart.spec().whenBusy()).isEqualTo(whenBusy);
  }

  @ParameterizedTest
  @EnumSource(names = {"Wait", "Join"})
  void recordsWhatWaitsForTheUpdateThatForbidsIt(WhenBusy whenBusy) throws Exception {
    updateOf(Samples.CANARY);

    assertThat(accepted(newRevision(whenBusy)).target()).isEqualTo(Samples.CANARY);
  }

  @Test
  void isBusyWithTheRestartWhoseUpdateForbidsIt() throws Exception {
    Restart begun = updateOf(Samples.CANARY);

    assertThat(restarts.start(newRevision(WhenBusy.Reject)))
        .isEqualTo(new StartOutcome.Busy(begun.key()));
  }

  @ParameterizedTest
  @EnumSource
  void recordsNothingThatSomeoneElsesUpdateForbids(WhenBusy whenBusy) throws Exception {
    updateOf(Samples.WEB);

    assertThat(restarts.start(newRevision(whenBusy))).isInstanceOf(StartOutcome.Refused.class);
  }

  @Test
  void recordsNothingThatWouldBeginTheUpdateUnderWayAnew() throws Exception {
    updateOf(Samples.CANARY);

    assertThat(restarts.start(newRevision(WhenBusy.Supersede)))
        .isInstanceOf(StartOutcome.Refused.class);
  }

  /** The Rollout is being updated, and this has been begun. */
  private Restart updateOf(WorkloadRef restarted) {
    workloads.put(Samples.updating(Samples.rollout(3)));
    return store.put(Samples.key("begun"), Samples.spec(restarted), BEGUN);
  }

  private static StartRequest newRevision(WhenBusy whenBusy) {
    return new StartRequest(
        ANNA,
        Samples.CANARY,
        Strategy.NewRevision,
        null,
        false,
        whenBusy,
        null,
        Duration.ofHours(1),
        null);
  }

  @Test
  void answersAsSoonAsItIsSeenToWait() throws Exception {
    RestartWaiting patient = new RestartWaiting(store);
    store.afterNextCreate(() -> {
      Restart created = store.all().getFirst();
      store.updateStatus(
          created, created.status().waitingForRestart("Waiting for restart other to end"));
    });

    StartOutcome outcome =
        new Restarts(
                store,
                workloads,
                patient,
                Samples.PLANNER,
                Samples.OPEN,
                Samples.NO_COOLDOWN,
                new Random(1))
            .start(request(WhenBusy.Wait));

    assertThat(((StartOutcome.Accepted) outcome).restart().status().isWaiting()).isTrue();
  }

  @Test
  void joinsTheOneThatHasNotBegunAndAsksTheSame() throws Exception {
    Restart first = accepted(request(WhenBusy.Wait));
    StartRequest another =
        new StartRequest(
            new Caller("ben", List.of()),
            Samples.WEB,
            Strategy.Auto,
            "another reason",
            false,
            WhenBusy.Join,
            null,
            Duration.ofHours(1),
            null);

    assertThat(accepted(another)).isEqualTo(first);
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void joinsNotOneThatHasBegunMeanwhile() throws Exception {
    Restart first = accepted(request(WhenBusy.Wait));
    store.holdCache();
    store.updateStatus(first, BEGUN);

    assertThat(accepted(request(WhenBusy.Join)).key()).isNotEqualTo(first.key());
  }

  @Test
  void joinsNotOneThatMayEndForBeingBusy() throws Exception {
    Restart first = accepted(request(WhenBusy.Reject));

    assertThat(accepted(request(WhenBusy.Join)).key()).isNotEqualTo(first.key());
  }

  @Test
  void joinsNotOneThatIsToBeCancelled() throws Exception {
    Restart first = accepted(request(WhenBusy.Wait));
    store.edit(first.key(), first.spec().cancelled());

    assertThat(accepted(request(WhenBusy.Join)).key()).isNotEqualTo(first.key());
  }

  @ParameterizedTest
  @MethodSource("otherRequests")
  void joinsNotOneThatAsksForSomethingElse(StartRequest other) throws Exception {
    accepted(request(WhenBusy.Wait));

    accepted(other);

    assertThat(store.all()).hasSize(2);
  }

  static Stream<StartRequest> otherRequests() {
    return Stream.of(
        joining(Samples.CANARY, Strategy.Auto, false, Duration.ofHours(1)),
        joining(Samples.WEB, Strategy.NewRevision, false, Duration.ofHours(1)),
        joining(Samples.WEB, Strategy.Auto, true, Duration.ofHours(1)),
        joining(Samples.WEB, Strategy.Auto, false, Duration.ofHours(2)));
  }

  private static StartRequest joining(
      WorkloadRef target, Strategy strategy, boolean acceptDowntime, Duration timeout) {
    return new StartRequest(
        ANNA,
        target,
        strategy,
        "rotated a password",
        acceptDowntime,
        WhenBusy.Join,
        null,
        timeout,
        null);
  }

  @Test
  void givesARequestWithAKeyARestartOfItsOwnAndTheSameAgain() throws Exception {
    accepted(request(WhenBusy.Wait));

    Restart own = accepted(request(Samples.WEB, WhenBusy.Join, "k-1"));
    store.updateStatus(own, BEGUN);

    assertThat(accepted(request(Samples.WEB, WhenBusy.Join, "k-1")).key()).isEqualTo(own.key());
    assertThat(store.all()).hasSize(2);
  }

  @Test
  void isNotKeptByAnEndedOneNorByThatOfAnotherWorkload() throws Exception {
    finish(accepted(request(Samples.WEB, null)));
    accepted(request(Samples.CANARY, null));

    accepted(request(Samples.WEB, null));

    assertThat(store.all()).hasSize(3);
  }

  @Test
  void isNotKeptByOneWhoseEndTheCacheDoesNotShowYet() throws Exception {
    Restart first = accepted(request(Samples.WEB, null));
    store.holdCache();
    finish(first);

    Restart second = accepted(request(Samples.WEB, null));

    assertThat(second.key()).isNotEqualTo(first.key());
  }

  @Test
  void knowsNoSuchNamespace() throws Exception {
    assertThat(startMissing(new Reading.NoSuchNamespace()))
        .isEqualTo(new StartOutcome.Missing(new Reading.NoSuchNamespace()));
  }

  @Test
  void knowsNoSuchWorkload() throws Exception {
    assertThat(startMissing(new Reading.NoSuchWorkload()))
        .isEqualTo(new StartOutcome.Missing(new Reading.NoSuchWorkload()));
  }

  @Test
  void knowsNoSuchKind() throws Exception {
    assertThat(startMissing(new Reading.NoSuchKind()))
        .isEqualTo(new StartOutcome.Missing(new Reading.NoSuchKind()));
  }

  private StartOutcome startMissing(Reading reading) throws Exception {
    workloads.delete(Samples.WEB);
    workloads.missing(reading);
    StartOutcome outcome = restarts.start(request(Samples.WEB, null));
    assertThat(store.all()).isEmpty();
    return outcome;
  }

  @Test
  void recordsNothingThatThePlanRefuses() throws Exception {
    workloads.put(Samples.paused(Samples.deployment(3)));

    StartOutcome outcome = restarts.start(request(Samples.WEB, null));

    assertThat(outcome).isInstanceOf(StartOutcome.Refused.class);
    assertThat(((StartOutcome.Refused) outcome).plan().refusal().code())
        .isEqualTo(Finding.Code.Paused);
    assertThat(store.all()).isEmpty();
  }

  @Test
  void recordsTheRestartOfWhatIsScaledToZero() throws Exception {
    workloads.put(Samples.deployment(0));

    assertThat(accepted(request(Samples.WEB, null)).target()).isEqualTo(Samples.WEB);
  }

  @Test
  void settlesALostAnswerByReadingTheName() throws Exception {
    writes.failAt(1, Writes.Fault.AnswerLost);

    Restart restart = accepted(request(Samples.WEB, null));

    assertThat(store.all()).containsExactly(restart);
  }

  @Test
  void saysThatSomethingMayHaveChangedWhenTheCreateIsLost() {
    writes.failAt(1, Writes.Fault.RequestLost);

    assertThatThrownBy(() -> restarts.start(request(Samples.WEB, null)))
        .isInstanceOfSatisfying(
            ClusterUnavailable.class, lost -> assertThat(lost.maybeChanged()).isTrue());
  }

  @Test
  void doesNotSayThatNothingChangedOnceItIsRecorded() throws Exception {
    store.holdCache();
    store.afterNextCreate(
        () -> store.failLiveReads(new ClusterUnavailable("Silent", false, null, null)));

    Restart restart = accepted(request(Samples.WEB, null));

    assertThat(store.live(restart.key())).isEqualTo(restart);
  }

  @Test
  void doesNotSayThatItWasRefusedOnceItIsRecorded() throws Exception {
    store.holdCache();
    store.afterNextCreate(
        () -> store.failLiveReads(new ClusterRefused("Forbidden", new RuntimeException())));

    assertThat(accepted(request(Samples.WEB, null)).status()).isEqualTo(RestartStatus.NEW);
  }

  @Test
  void passesOnThatTheClusterRefuses() {
    store.failCreates(new ClusterRefused("restarts is forbidden", new RuntimeException()));

    assertThatThrownBy(() -> restarts.start(request(Samples.WEB, null)))
        .isInstanceOf(ClusterRefused.class);
  }

  @Test
  void recordsNothingWhenTheWorkloadCannotBeRead() {
    workloads.failReads(new ClusterUnavailable("Silent", false, null, null));

    assertThatThrownBy(() -> restarts.start(request(Samples.WEB, null)))
        .isInstanceOf(ClusterUnavailable.class);
    assertThat(store.all()).isEmpty();
  }

  private Restart accepted(StartRequest request) throws InterruptedException {
    StartOutcome outcome = restarts.start(request);
    assertThat(outcome).isInstanceOf(StartOutcome.Accepted.class);
    return ((StartOutcome.Accepted) outcome).restart();
  }

  private void finish(Restart restart) {
    store.updateStatus(
        restart, restart.status().finished(Phase.Succeeded, "Done", "Done", clock.instant()));
  }

  private static StartRequest request(WorkloadRef target, @Nullable String key) {
    return request(target, WhenBusy.Reject, key);
  }

  private static StartRequest request(WhenBusy whenBusy) {
    return request(Samples.WEB, whenBusy, null);
  }

  private static StartRequest request(WorkloadRef target, WhenBusy whenBusy, @Nullable String key) {
    return new StartRequest(
        ANNA,
        target,
        Strategy.Auto,
        "rotated a password",
        false,
        whenBusy,
        null,
        Duration.ofHours(1),
        key);
  }
}
