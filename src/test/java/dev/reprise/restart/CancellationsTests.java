package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.workload.Landed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class CancellationsTests {

  private static final RestartKey KEY = Samples.key("web-1");

  private final HandClock clock = new HandClock();
  private final Writes writes = new Writes();
  private final FakeRestarts store = new FakeRestarts(clock, writes);
  private final RestartWaiting waiting = new RestartWaiting(store);
  private final Cancellations cancellations = new Cancellations(store, waiting);

  @BeforeEach
  void record() {
    store.put(KEY, Samples.spec(Samples.WEB), RestartStatus.NEW);
    // Nobody is kept waiting for the leader, unless a test wants it.
    waiting.release();
  }

  @Test
  void recordsThatItIsToBeCancelled() throws Exception {
    CancelOutcome outcome = cancellations.cancel(KEY);

    assertThat(outcome).isEqualTo(new CancelOutcome.Accepted(store.live(KEY)));
    assertThat(store.live(KEY).spec()).isEqualTo(Samples.spec(Samples.WEB).cancelled());
  }

  @Test
  void recordsItOnceHoweverOftenItIsAskedFor() throws Exception {
    cancellations.cancel(KEY);
    Restart first = store.live(KEY);

    CancelOutcome again = cancellations.cancel(KEY);

    assertThat(again).isEqualTo(new CancelOutcome.Accepted(first));
    assertThat(store.live(KEY)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(names = {"Succeeded", "Failed", "Cancelled", "Superseded"})
  void changesNothingOfWhatHasEnded(Phase phase) throws Exception {
    Restart ended = end(phase);

    assertThat(cancellations.cancel(KEY)).isEqualTo(new CancelOutcome.AlreadyFinished(ended));
    assertThat(store.live(KEY)).isEqualTo(ended);
  }

  @Test
  void seesAnEndThatTheCacheDoesNotKnowYet() throws Exception {
    store.holdCache();
    Restart ended = end(Phase.Succeeded);

    assertThat(cancellations.cancel(KEY)).isEqualTo(new CancelOutcome.AlreadyFinished(ended));
  }

  @Test
  void letsTheEndStandThatIsRecordedAtTheSameMoment() throws Exception {
    store.beforeNextCancel(() -> end(Phase.Succeeded));

    assertThat(cancellations.cancel(KEY))
        .isEqualTo(new CancelOutcome.AlreadyFinished(store.live(KEY)));
    assertThat(store.live(KEY).spec().cancel()).isFalse();
  }

  @Test
  void triesAgainWhenTheLeaderRecordsSomethingElseAtTheSameMoment() throws Exception {
    store.beforeNextCancel(() -> write(RestartStatus.NEW.landed(new Landed(2, "theirs"))));

    assertThat(cancellations.cancel(KEY)).isInstanceOf(CancelOutcome.Accepted.class);
    assertThat(store.live(KEY).spec().cancel()).isTrue();
    assertThat(store.live(KEY).status().landed()).isNotNull();
  }

  @Test
  void givesUpWhenItIsChangedAllTheTime() {
    store.alwaysOvertake();

    assertThatThrownBy(() -> cancellations.cancel(KEY))
        .isInstanceOfSatisfying(
            ClusterUnavailable.class,
            unavailable -> assertThat(unavailable.maybeChanged()).isFalse());
  }

  @Test
  void findsNoRestart() throws Exception {
    assertThat(cancellations.cancel(Samples.key("web-2")))
        .isEqualTo(new CancelOutcome.NoSuchRestart());
  }

  @Test
  void findsNoRestartThatIsDeletedAtTheSameMoment() throws Exception {
    store.beforeNextCancel(() -> store.delete(KEY));

    assertThat(cancellations.cancel(KEY)).isEqualTo(new CancelOutcome.NoSuchRestart());
  }

  @Test
  void waitsForWhatBecomesOfIt() throws Exception {
    Cancellations patient = new Cancellations(store, new RestartWaiting(store));
    store.listen(key -> {
      Restart now = store.live(key);
      if (now.spec().cancel() && now.status().takenBack() == null) {
        store.updateStatus(now, now.status().takenBack(new Landed(3, "first")));
      }
    });

    CancelOutcome outcome = patient.cancel(KEY);

    assertThat(((CancelOutcome.Accepted) outcome).restart())
        .isInstanceOfSatisfying(
            Restart.class, restart -> assertThat(restart.status().takenBack()).isNotNull());
  }

  private Restart end(Phase phase) {
    return write(store.live(KEY).status().finished(phase, "Why", "How", clock.instant()));
  }

  private Restart write(RestartStatus status) {
    return store.updateStatus(store.live(KEY), status).orElseThrow();
  }
}
