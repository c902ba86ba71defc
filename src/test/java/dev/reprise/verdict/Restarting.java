package dev.reprise.verdict;

import dev.reprise.plan.CertainDowntime;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.TriggerDecision;
import dev.reprise.restart.Mark;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.RolloutStatusRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A restart as the service makes it, less its record: planned, decided, written, judged. */
final class Restarting {

  private static final int MOST_TRIES = 10;

  private static final RestartPlanner PLANNER = new RestartPlanner(CertainDowntime.Refuse);

  private final WorkloadGateway workloads;
  private final WorkloadRef ref;
  private @Nullable Trigger trigger;
  private @Nullable Landed landed;
  private @Nullable String refusal;

  Restarting(WorkloadGateway workloads, WorkloadRef ref) {
    this.workloads = workloads;
    this.ref = ref;
  }

  /** Writes the trigger, unless the planner refuses. */
  void begin(Mechanism mechanism) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (!(workloads.read(ref) instanceof Reading.Found(WorkloadState state, var serverTime))) {
        throw new IllegalStateException("There is no " + ref);
      }
      switch (PLANNER.check(state, mechanism, true)) {
        case RestartPlan.Refused refused -> {
          refusal = refused.refusal().code().name();
          return;
        }
        case RestartPlan.NothingToRestart nothing ->
            throw new IllegalStateException(nothing.message());
        case RestartPlan.Proceed proceed -> {
          Trigger decided = TriggerDecision.decide(proceed.mechanism(), state, serverTime);
          if (isWritten(decided, state)) {
            return;
          }
        }
      }
    }
    throw new IllegalStateException("Not written: " + ref);
  }

  private boolean isWritten(Trigger decided, WorkloadState seen) {
    return switch (workloads.write(seen, decided, new Mark("compared", ""))) {
      case WriteOutcome.Landed(WorkloadSnapshot left) -> {
        trigger = decided;
        landed = Landed.in(left, decided.mechanism());
        yield true;
      }
      case WriteOutcome.Uncertain() -> false;
      case WriteOutcome.Refused(String reason, String message) ->
          throw new IllegalStateException(reason + ": " + message);
    };
  }

  Trigger trigger() {
    if (trigger == null) {
      throw new IllegalStateException("Not begun: " + ref);
    }
    return trigger;
  }

  Optional<WorkloadState> read() {
    return workloads.read(ref) instanceof Reading.Found(WorkloadState state, _)
        ? Optional.of(state)
        : Optional.empty();
  }

  /** Phase and reason, as a caller gets them where nothing blocks. */
  String verdict(Optional<WorkloadState> state) {
    if (refusal != null) {
      return "refused " + refusal;
    }
    if (landed == null) {
      throw new IllegalStateException("Not begun: " + ref);
    }
    RolloutStatus status = RolloutStatusRules.judge(trigger(), landed, state.orElse(null));
    String phase =
        switch (status) {
          case RolloutStatus.NotObserved _, RolloutStatus.InProgress _ -> "Progressing";
          case RolloutStatus.Complete _ -> "Succeeded";
          case RolloutStatus.Failed _, RolloutStatus.Gone _ -> "Failed";
          case RolloutStatus.Superseded _ -> "Superseded";
        };
    return phase + " " + status.reason();
  }
}
