package dev.reprise.reconcile;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.restart.Mark;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * From a recorded trigger to one that has taken effect. Each step begins with a live read, which
 * alone decides whether an earlier write, be it of a leader before us, has landed.
 */
final class Triggering {

  private static final int MOST_TRIES = 10;

  private final WorkloadGateway workloads;
  private final Claims claims;
  private final RestartPlanner planner;
  private final StatusWriter writer;
  private final Expiry expiry;
  private final RandomGenerator random;
  private final Consumer<Restart> triggered;

  /** Tries by Restart, of this leader alone: a bound on stubbornness, not a record. */
  private final ConcurrentHashMap<String, Integer> tries = new ConcurrentHashMap<>();

  /**
   * @param triggered hears of each whose trigger has taken effect, before that is recorded
   */
  Triggering(
      WorkloadGateway workloads,
      Claims claims,
      RestartPlanner planner,
      StatusWriter writer,
      Expiry expiry,
      RandomGenerator random,
      Consumer<Restart> triggered) {
    this.workloads = workloads;
    this.claims = claims;
    this.planner = planner;
    this.writer = writer;
    this.expiry = expiry;
    this.random = random;
    this.triggered = triggered;
  }

  /**
   * @param justRead the workload as it was before the trigger was recorded; null to read it now. If
   *     it has changed since, the write is refused, and the next attempt reads it
   */
  Step step(Restart restart, Trigger trigger, @Nullable WorkloadState justRead) {
    Step step =
        justRead == null
            ? readAndWrite(restart, trigger)
            : lookAndWrite(restart, trigger, justRead);
    switch (step) {
      case Step.Advanced _, Step.Done() -> tries.remove(restart.uid());
      case Step.Overtaken(), Step.Again _, Step.Wait _ -> {}
    }
    return step;
  }

  private Step readAndWrite(Restart restart, Trigger trigger) {
    return switch (workloads.read(trigger.workload())) {
      case Reading.Found found -> lookAndWrite(restart, trigger, found.state());
      case Reading.Missing _ ->
          fail(restart, "WorkloadDeleted", trigger.workload() + " was deleted");
    };
  }

  private Step lookAndWrite(Restart restart, Trigger trigger, WorkloadState state) {
    WorkloadSnapshot workload = state.workload();
    if (!trigger.isFor(workload)) {
      return fail(restart, "WorkloadReplaced", trigger.workload() + " was deleted and made anew");
    }
    Optional<Restart> claimant = claims.claimant(restart, workload);
    Optional<Landed> landed =
        Landing.of(state, trigger, restart.key().name(), Claims.hasSameValue(claimant, trigger));
    if (landed.isPresent()) {
      return landed(restart, landed.get());
    }
    Optional<Superseded> superseded =
        claimant
            .filter(other -> Claims.hasTakenThePlaceOf(restart, other))
            .map(Claims::supersededBy);
    if (superseded.isPresent()) {
      return writer.finish(
          restart, Phase.Superseded, superseded.get().reason(), superseded.get().message());
    }
    if (expiry.hasCome(restart)) {
      return expiry.expireUnwritten(restart);
    }
    // A trigger that has been decided does not wait; it is only after a change of leader that two
    // that would have are here at once.
    Optional<Restart> busy = claims.inTheWay(restart, state, claimant);
    if (busy.isPresent()) {
      return fail(restart, "Busy", Claims.busy(trigger.workload(), busy.get()));
    }
    if (restart.spec().cancel()) {
      return writer.finish(
          restart, Phase.Cancelled, "CancelledBeforeStart", "Cancelled before anything was done");
    }
    if (tries.getOrDefault(restart.uid(), 0) >= MOST_TRIES) {
      return fail(
          restart,
          "TooManyTries",
          "%s could not be written in %d tries".formatted(trigger.workload(), MOST_TRIES));
    }
    return switch (planner.check(state, trigger.mechanism(), restart.spec().acceptDowntime())) {
      case RestartPlan.Refused refused ->
          fail(restart, refused.refusal().code().name(), refused.refusal().message());
      case RestartPlan.NothingToRestart(String message) ->
          writer.finish(restart, Phase.Succeeded, "NothingToRestart", message);
      case RestartPlan.Proceed _ -> write(restart, trigger, state);
    };
  }

  private Step write(Restart restart, Trigger trigger, WorkloadState state) {
    return switch (workloads.write(state, trigger, Mark.of(restart))) {
      case WriteOutcome.Landed(WorkloadSnapshot left) ->
          landed(restart, Landed.in(left, trigger.mechanism()));
      case WriteOutcome.Refused(String reason, String message) ->
          fail(restart, "WriteRefused", "%s (%s)".formatted(message, reason));
      case WriteOutcome.Uncertain() -> {
        int made = tries.merge(restart.uid(), 1, Integer::sum);
        yield new Step.Again(Duration.ofMillis(20L * made + random.nextLong(50)));
      }
    };
  }

  private Step landed(Restart restart, Landed landed) {
    Restart now = restart.with(restart.status().landed(landed));
    triggered.accept(now);
    return writer.write(restart, now.status());
  }

  private Step fail(Restart restart, String reason, String message) {
    return writer.finish(restart, Phase.Failed, reason, message);
  }
}
