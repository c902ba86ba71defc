package dev.reprise.reconcile;

import dev.reprise.restart.Leadership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a Restart as far as it can go now. */
final class Reconciler {

  private final RestartStore store;
  private final Leadership leadership;
  private final Beginning beginning;
  private final Triggering triggering;
  private final Pursuit pursuit;
  private final Cancelling cancelling;
  private final Pursued pursued;

  Reconciler(
      RestartStore store,
      Leadership leadership,
      Beginning beginning,
      Triggering triggering,
      Pursuit pursuit,
      Cancelling cancelling,
      Pursued pursued) {
    this.store = store;
    this.leadership = leadership;
    this.beginning = beginning;
    this.triggering = triggering;
    this.pursuit = pursuit;
    this.cancelling = cancelling;
    this.pursued = pursued;
  }

  /** One call at a time for each Restart; every step of it may be repeated without harm. */
  Step.Rest reconcile(RestartKey key) {
    return TryingAgain.whenUnanswered(
        key,
        () -> {
          Step.Rest rest =
              Races.run(
                  store.cachedOne(key).flatMap(this::fresh),
                  () -> store.readOneLive(key),
                  this::go);
          if (rest instanceof Step.Done) {
            pursued.drop(key);
          }
          return rest;
        });
  }

  /**
   * A trigger on its way is about to be written to the workload, or taken back, perhaps again, and
   * what has been recorded since may forbid that: there the cache won't do.
   */
  private Optional<Restart> fresh(Restart cached) {
    RestartStatus status = cached.status();
    boolean isToBeWritten = status.landed() == null;
    boolean isToBeTakenBack = cached.spec().cancel() && status.takenBack() == null;
    boolean isAboutToWrite =
        !cached.isFinished() && status.trigger() != null && (isToBeWritten || isToBeTakenBack);
    return isAboutToWrite ? store.readOneLive(cached.key()) : Optional.of(cached);
  }

  private Optional<Step.Rest> go(Restart restart) {
    Step step = new Step.Advanced(restart);
    while (step instanceof Step.Advanced(Restart advanced, WorkloadState justRead)) {
      step = leadership.isLeader() ? step(advanced, justRead) : new Step.Done();
    }
    return step instanceof Step.Rest rest ? Optional.of(rest) : Optional.empty();
  }

  private Step step(Restart restart, @Nullable WorkloadState justRead) {
    RestartStatus status = restart.status();
    if (restart.isFinished()) {
      return new Step.Done();
    }
    Trigger trigger = status.trigger();
    if (trigger == null) {
      return beginning.step(restart);
    }
    Landed landed = status.landed();
    if (landed == null) {
      return triggering.step(restart, trigger, justRead);
    }
    Pursued.One one = pursued.of(restart);
    return restart.spec().cancel()
        ? cancelling.step(restart, trigger, landed, one)
        : pursuit.step(restart, trigger, landed, one);
  }
}
