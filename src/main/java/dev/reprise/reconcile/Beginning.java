package dev.reprise.reconcile;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.TriggerDecision;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.Trigger;
import java.util.Optional;

/** From Pending to a recorded trigger. Nothing is written to the workload here. */
final class Beginning {

  private final WorkloadGateway workloads;
  private final Claims claims;
  private final RestartPlanner planner;
  private final StatusWriter writer;

  Beginning(WorkloadGateway workloads, Claims claims, RestartPlanner planner, StatusWriter writer) {
    this.workloads = workloads;
    this.claims = claims;
    this.planner = planner;
    this.writer = writer;
  }

  Step step(Restart restart) {
    if (restart.spec().cancel()) {
      return writer.finish(
          restart, Phase.Cancelled, "CancelledBeforeStart", "Cancelled before anything was done");
    }
    try {
      return begin(restart, workloads.glance(restart.target()));
    } catch (ClusterRefused refused) {
      return writer.finish(
          restart, Phase.Failed, "ReadRefused", String.valueOf(refused.getMessage()));
    }
  }

  private Step begin(Restart restart, Reading reading) {
    return switch (reading) {
      case Reading.Found found -> begin(restart, found);
      case Reading.NoSuchWorkload(), Reading.NoSuchNamespace(), Reading.NotCovered() ->
          writer.finish(
              restart, Phase.Failed, "WorkloadNotFound", "There is no " + restart.target());
      case Reading.NoSuchKind() ->
          writer.finish(
              restart,
              Phase.Failed,
              "KindNotFound",
              "The cluster has no kind " + restart.target().kind());
    };
  }

  /** Of a Deployment that Rollouts refer to, the first of these is what restarts. */
  private Step begin(Restart restart, Reading.Found found) {
    RestartPlan plan =
        planner.plan(
            found.state(),
            Surroundings.NOT_ASKED,
            restart.spec().strategy(),
            restart.spec().acceptDowntime());
    return plan instanceof RestartPlan.Proceed proceed
            && !proceed.workload().equals(restart.target())
        ? beginAt(restart, proceed, workloads.glance(proceed.workload()))
        : begin(restart, plan, found);
  }

  private Step beginAt(Restart restart, RestartPlan.Proceed asTold, Reading reading) {
    return switch (reading) {
      case Reading.Found found ->
          begin(
              restart,
              planner.check(found.state(), asTold.mechanism(), restart.spec().acceptDowntime()),
              found);
      case Reading.NoSuchWorkload(),
          Reading.NoSuchNamespace(),
          Reading.NotCovered(),
          Reading.NoSuchKind() ->
          writer.finish(
              restart, Phase.Failed, "WorkloadNotFound", "There is no " + asTold.workload());
    };
  }

  private Step begin(Restart restart, RestartPlan plan, Reading.Found found) {
    Optional<String> busy = claims.inTheWay(restart, found.state().workload());
    if (busy.isPresent()) {
      return writer.finish(restart, Phase.Failed, "Busy", busy.get());
    }
    return switch (plan) {
      case RestartPlan.Refused refused ->
          writer.finish(
              restart, Phase.Failed, refused.refusal().code().name(), refused.refusal().message());
      case RestartPlan.NothingToRestart(String message) ->
          writer.finish(restart, Phase.Succeeded, "NothingToRestart", message);
      case RestartPlan.Proceed proceed -> {
        Trigger trigger =
            TriggerDecision.decide(proceed.mechanism(), found.state(), found.serverTime());
        Step step = writer.write(restart, restart.status().begun(trigger, found.serverTime()));
        yield step instanceof Step.Advanced(Restart begun, _)
            ? new Step.Advanced(begun, found.state())
            : step;
      }
    };
  }
}
