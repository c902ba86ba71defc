package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class CancellationsTests {

  private static final RestartKey KEY = Samples.key("web-1");
  private static final Caller ANNA = new Caller("anna", List.of());

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final RestartWaiting waiting = new RestartWaiting(store);
  private final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  private final FakeReviews reviews = new FakeReviews();
  private final Cancellations cancellations = cancellations(waiting);

  @BeforeEach
  void record() {
    store.put(KEY, Samples.spec(Samples.WEB), RestartStatus.NEW);
    // Nobody is kept waiting for the leader, unless a test wants it.
    waiting.release();
  }

  @Test
  void recordsThatItIsToBeCancelled() throws Exception {
    CancelOutcome outcome = cancellations.cancel(ANNA, KEY);

    assertThat(outcome).isEqualTo(new CancelOutcome.Accepted(store.live(KEY)));
    assertThat(store.live(KEY).spec()).isEqualTo(Samples.spec(Samples.WEB).cancelled());
  }

  @Test
  void recordsItOnceHoweverOftenItIsAskedFor() throws Exception {
    cancellations.cancel(ANNA, KEY);
    Restart first = store.live(KEY);

    CancelOutcome again = cancellations.cancel(ANNA, KEY);

    assertThat(again).isEqualTo(new CancelOutcome.Accepted(first));
    assertThat(store.live(KEY)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(names = {"Succeeded", "Failed", "Cancelled", "Superseded"})
  void changesNothingOfWhatHasEnded(Phase phase) throws Exception {
    Restart ended = end(phase);

    assertThat(cancellations.cancel(ANNA, KEY)).isEqualTo(new CancelOutcome.AlreadyFinished(ended));
    assertThat(store.live(KEY)).isEqualTo(ended);
  }

  @Test
  void seesAnEndThatTheCacheDoesNotKnowYet() throws Exception {
    store.holdCache();
    Restart ended = end(Phase.Succeeded);

    assertThat(cancellations.cancel(ANNA, KEY)).isEqualTo(new CancelOutcome.AlreadyFinished(ended));
  }

  @Test
  void letsTheEndStandThatIsRecordedAtTheSameMoment() throws Exception {
    store.beforeNextCancel(() -> end(Phase.Succeeded));

    assertThat(cancellations.cancel(ANNA, KEY))
        .isEqualTo(new CancelOutcome.AlreadyFinished(store.live(KEY)));
    assertThat(store.live(KEY).spec().cancel()).isFalse();
  }

  @Test
  void triesAgainWhenTheLeaderRecordsSomethingElseAtTheSameMoment() throws Exception {
    store.beforeNextCancel(() -> write(RestartStatus.NEW.landed(new Landed(2, "theirs", null))));

    assertThat(cancellations.cancel(ANNA, KEY)).isInstanceOf(CancelOutcome.Accepted.class);
    assertThat(store.live(KEY).spec().cancel()).isTrue();
    assertThat(store.live(KEY).status().landed()).isNotNull();
  }

  @Test
  void givesUpWhenItIsChangedAllTheTime() {
    store.alwaysOvertake();

    assertThatThrownBy(() -> cancellations.cancel(ANNA, KEY))
        .isInstanceOfSatisfying(
            ClusterUnavailable.class,
            unavailable -> assertThat(unavailable.maybeChanged()).isFalse());
  }

  @Test
  void findsNoRestart() throws Exception {
    assertThat(cancellations.cancel(ANNA, Samples.key("web-2")))
        .isEqualTo(new CancelOutcome.NoSuchRestart());
  }

  @Test
  void findsNoRestartThatIsDeletedAtTheSameMoment() throws Exception {
    store.beforeNextCancel(() -> store.delete(KEY));

    assertThat(cancellations.cancel(ANNA, KEY)).isEqualTo(new CancelOutcome.NoSuchRestart());
  }

  @Test
  void waitsForWhatBecomesOfIt() throws Exception {
    Cancellations patient = cancellations(new RestartWaiting(store));
    store.listen(key -> {
      Restart now = store.live(key);
      if (now.spec().cancel() && now.status().takenBack() == null) {
        store.updateStatus(now, now.status().takenBack(new Landed(3, "first", null)));
      }
    });

    CancelOutcome outcome = patient.cancel(ANNA, KEY);

    assertThat(((CancelOutcome.Accepted) outcome).restart())
        .isInstanceOfSatisfying(
            Restart.class, restart -> assertThat(restart.status().takenBack()).isNotNull());
  }

  /** To go back writes the Deployment, and every Rollout that refers to it follows. */
  @Test
  void takesTheRightToAllThatGoesBack() {
    RestartKey key = Samples.key("canary-1");
    store.put(key, Samples.spec(Samples.CANARY), begun(Mechanism.ReferencedTemplateAnnotation));
    workloads.put(Samples.referring("canary", "web"));
    workloads.put(Samples.referring("other", "web"));
    workloads.put(Samples.referring("apart", "api"));
    workloads.put(Samples.referring("of-pods", new TemplateReference("ReplicaSet", "web", 1)));
    reviews.denyAll();
    reviews.allow("restart", Samples.CANARY);

    assertDenied(key, "Deployment demo/web");
    reviews.allow("restart", Samples.WEB);
    assertDenied(key, "Rollout demo/other");
    reviews.allow("restart", new WorkloadRef(WorkloadKind.ArgoRollout, "demo", "other"));

    clock.pass(Duration.ofMinutes(1));
    assertThatCode(() -> cancellations.cancel(ANNA, key)).doesNotThrowAnyException();
  }

  @Test
  void takesTheRightToNothingElseWhereTheRolloutAloneWasWritten() {
    RestartKey key = Samples.key("canary-1");
    store.put(key, Samples.spec(Samples.CANARY), begun(Mechanism.RestartAt));
    workloads.put(Samples.referring("canary", "web"));
    reviews.denyAll();
    reviews.allow("restart", Samples.CANARY);

    assertThatCode(() -> cancellations.cancel(ANNA, key)).doesNotThrowAnyException();
  }

  @Test
  void takesOfAGroupTheRightToWhatItsMembersWrote() {
    RestartKey key = Samples.key("group-1");
    store.put(
        key,
        Samples.all(1, OnFailure.Stop, null),
        GroupStatus.NEW.begun(
            List.of(new GroupStatus.Member(Samples.CANARY, "canary-1", List.of(), null)),
            List.of(),
            HandClock.START));
    store.put(
        Samples.key("canary-1"),
        Samples.spec(Samples.CANARY),
        begun(Mechanism.ReferencedTemplateAnnotation));
    workloads.put(Samples.referring("canary", "web"));
    reviews.denyAll();
    reviews.allow("restart", Samples.CANARY);

    assertDenied(key, "Deployment demo/web");
    assertThat(store.liveGroup(key).isToBeCancelled()).isFalse();
  }

  private void assertDenied(RestartKey key, String named) {
    clock.pass(Duration.ofMinutes(1));
    assertThatThrownBy(() -> cancellations.cancel(ANNA, key))
        .isInstanceOf(Forbidden.class)
        .hasMessageContaining(named);
  }

  private static RestartStatus begun(Mechanism mechanism) {
    return RestartStatus.NEW.begun(
        new Trigger(mechanism, HandClock.START, Samples.CANARY, "uid", 1, null, "first", 1),
        HandClock.START);
  }

  private Restart end(Phase phase) {
    return write(store.live(KEY).status().finished(phase, "Why", "How", clock.instant()));
  }

  private Restart write(RestartStatus status) {
    return store.updateStatus(store.live(KEY), status).orElseThrow();
  }

  private Cancellations cancellations(RestartWaiting waiting) {
    Access access = Samples.access(reviews, clock::nanoTime);
    return new Cancellations(
        store,
        waiting,
        new CancelReach(store, workloads),
        access,
        new VisibleRestarts(store, access));
  }
}
