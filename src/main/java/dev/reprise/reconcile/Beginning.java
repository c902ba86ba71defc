package dev.reprise.reconcile;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.TriggerDecision;
import dev.reprise.restart.Access;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.Forbidden;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** From Pending to a recorded trigger. Nothing is written to the workload here. */
final class Beginning {

  /** Whoever waits is woken; this is for what nobody was told of, and asks the cache alone. */
  private static final Step.Rest UNTIL_WOKEN = new Step.Wait(Duration.ofMinutes(10));

  private final WorkloadGateway workloads;
  private final RecordedMembers recorded;
  private final Turns turns;
  private final Places places;
  private final Claims claims;
  private final RestartPlanner planner;
  private final Access access;
  private final StatusWriter writer;

  /** For each workload what is held while it is decided which of its Restarts begins. */
  private final ConcurrentHashMap<WorkloadRef, Object> deciding = new ConcurrentHashMap<>();

  Beginning(
      WorkloadGateway workloads,
      RecordedMembers recorded,
      Turns turns,
      Places places,
      Claims claims,
      RestartPlanner planner,
      Access access,
      StatusWriter writer) {
    this.workloads = workloads;
    this.recorded = recorded;
    this.turns = turns;
    this.places = places;
    this.claims = claims;
    this.planner = planner;
    this.access = access;
    this.writer = writer;
  }

  Step step(Restart restart) {
    return recorded
        .beginningOf(restart)
        .map(begun -> writer.write(restart, begun))
        .orElseGet(() -> decide(restart));
  }

  private Step decide(Restart restart) {
    if (restart.spec().cancel()) {
      return writer.finish(
          restart, Phase.Cancelled, "CancelledBeforeStart", "Cancelled before anything was done");
    }
    if (restart.isBaseline()) {
      return writer.finish(
          restart,
          Phase.Succeeded,
          "Baseline",
          "Nothing was restarted: the next change of the configuration is told by what it is now");
    }
    Instant notBefore = restart.spec().notBefore();
    if (notBefore != null && notBefore.isAfter(writer.now())) {
      return await(
          restart,
          restart.status().waitingForTime(notBefore),
          new Step.Wait(Duration.between(writer.now(), notBefore)));
    }
    Optional<Restart> successor = turns.successor(restart);
    if (successor.isPresent()) {
      Superseded superseded = Claims.supersededBy(successor.get());
      return writer.finish(restart, Phase.Superseded, superseded.reason(), superseded.message());
    }
    if (restart.spec().whenBusy().waits()) {
      Optional<String> waitsFor = turns.waitsFor(restart);
      if (waitsFor.isPresent()) {
        return awaitTurn(restart, waitsFor.get());
      }
    }
    Optional<String> place = places.waitsFor(restart);
    if (place.isPresent()) {
      return await(restart, restart.status().waitingForPlace(place.get()), UNTIL_WOKEN);
    }
    return beginIfPermitted(restart);
  }

  /** Asked again, since whoever has waited may have lost the right meanwhile. */
  private Step beginIfPermitted(Restart restart) {
    try {
      access.require(restart.requestedBy(), restart.target());
      return planned(
          restart,
          restart.target(),
          state ->
              planner.plan(
                  state,
                  Surroundings.NOT_ASKED,
                  restart.spec().strategy(),
                  restart.spec().acceptDowntime()),
          (plan, found) -> beginAsPlanned(restart, plan, found));
    } catch (Forbidden forbidden) {
      return writer.finish(
          restart, Phase.Failed, "Forbidden", String.valueOf(forbidden.getMessage()));
    }
  }

  /** Of a Deployment that Rollouts refer to, the first of these is what restarts. */
  private Step beginAsPlanned(Restart restart, RestartPlan plan, Reading.Found found) {
    access.require(restart.requestedBy(), plan, found.state());
    return plan instanceof RestartPlan.Proceed proceed
            && !proceed.workload().equals(restart.target())
        ? planned(
            restart,
            proceed.workload(),
            state -> planner.check(state, proceed.mechanism(), restart.spec().acceptDowntime()),
            (checked, rollout) -> begin(restart, checked, rollout))
        : begin(restart, plan, found);
  }

  private Step planned(
      Restart restart,
      WorkloadRef workload,
      Function<WorkloadState, RestartPlan> planning,
      BiFunction<RestartPlan, Reading.Found, Step> then) {
    Reading reading;
    try {
      reading = read(workload, planning);
    } catch (ClusterRefused refused) {
      // Only that the workload may not be read is an end. Where we may not ask what somebody may
      // do, it is not the caller who lacks a right.
      return writer.finish(
          restart, Phase.Failed, "ReadRefused", String.valueOf(refused.getMessage()));
    }
    return switch (reading) {
      case Reading.Found found -> then.apply(planning.apply(found.state()), found);
      case Reading.NoSuchWorkload(), Reading.NoSuchNamespace(), Reading.NotCovered() ->
          writer.finish(restart, Phase.Failed, "WorkloadNotFound", "There is no " + workload);
      case Reading.NoSuchKind() ->
          writer.finish(
              restart, Phase.Failed, "KindNotFound", "The cluster has no kind " + workload.kind());
    };
  }

  /**
   * As it was just read, if it can be restarted so: the write finds out whether that still holds.
   * What ends here is told by how it is now.
   */
  private Reading read(WorkloadRef workload, Function<WorkloadState, RestartPlan> planning) {
    Reading recalled = workloads.recall(workload);
    return recalled instanceof Reading.Found found
            && !(planning.apply(found.state()) instanceof RestartPlan.Proceed)
        ? workloads.glance(workload)
        : recalled;
  }

  private Step begin(Restart restart, RestartPlan plan, Reading.Found found) {
    WorkloadSnapshot workload = found.state().workload();
    // Two that look for each other at once would both find the way free. So would those of two
    // leaders: between them the claim decides.
    synchronized (deciding.computeIfAbsent(workload.ref(), _ -> new Object())) {
      Optional<Restart> claimant = claims.claimant(restart, workload);
      Optional<Restart> busy = claims.inTheWay(restart, found.state(), claimant);
      return busy.isPresent()
          ? giveWay(restart, workload.ref(), busy.get())
          : begin(restart, plan, found, claimant.filter(other -> !other.isFinished()));
    }
  }

  private Step giveWay(Restart restart, WorkloadRef workload, Restart other) {
    places.leave(restart);
    return restart.spec().whenBusy().waits()
        ? awaitTurn(restart, Turns.waitingFor(other, 0))
        : writer.finish(restart, Phase.Failed, "Busy", Claims.busy(workload, other));
  }

  private Step awaitTurn(Restart restart, String whatFor) {
    return await(restart, restart.status().waitingForRestart(whatFor), UNTIL_WOKEN);
  }

  private Step await(Restart restart, RestartStatus waiting, Step.Rest until) {
    if (waiting.equals(restart.status())) {
      return until;
    }
    Step step = writer.write(restart, waiting);
    return step instanceof Step.Advanced ? until : step;
  }

  /**
   * @param superseded the one under way whose place this takes
   */
  private Step begin(
      Restart restart, RestartPlan plan, Reading.Found found, Optional<Restart> superseded) {
    return switch (plan) {
      case RestartPlan.Refused refused ->
          writer.finish(
              restart, Phase.Failed, refused.refusal().code().name(), refused.refusal().message());
      case RestartPlan.NothingToRestart(String message) ->
          writer.finish(restart, Phase.Succeeded, "NothingToRestart", message);
      case RestartPlan.Proceed proceed -> {
        Instant now = now(restart, superseded);
        Trigger trigger =
            superseding(
                superseded.map(other -> other.status().trigger()),
                TriggerDecision.decide(proceed.mechanism(), found.state(), now));
        Step step = writer.write(restart, restart.status().begun(trigger, now));
        yield step instanceof Step.Advanced(Restart begun, _)
            ? new Step.Advanced(begun, found.state())
            : step;
      }
    };
  }

  /**
   * Not before it was asked for, and later than the one began whose claim it takes: another
   * leader's clock may have been ahead of ours, each being up to a second behind the API server's.
   */
  private Instant now(Restart restart, Optional<Restart> superseded) {
    Instant now = Collections.max(List.of(writer.now(), restart.requestedAt()));
    return superseded
        .map(other -> other.status().startedAt())
        .map(began -> began.plusMillis(1))
        .filter(now::isBefore)
        .orElse(now);
  }

  /**
   * Were a superseded {@code restartAt} put back at the end of our time, that restart would go on.
   * So it is what that one would have put back.
   */
  private static Trigger superseding(Optional<Trigger> superseded, Trigger trigger) {
    return superseded
        .filter(_ -> trigger.mechanism() == Mechanism.RestartAt)
        .filter(other -> other.text().equals(trigger.formerValue()))
        .map(other -> trigger.withFormerValue(other.formerValue()))
        .orElse(trigger);
  }
}
