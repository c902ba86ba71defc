package dev.reprise.plan;

import dev.reprise.plan.Finding.Severity;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Chooses how a workload is restarted and foretells what that costs. */
public final class RestartPlanner {

  private RestartPlanner() {}

  /**
   * The plan for a workload as it stands.
   *
   * @param acceptDowntime whether the caller puts up with nothing being available for a while
   */
  public static RestartPlan plan(
      WorkloadSnapshot workload, Strategy strategy, boolean acceptDowntime) {
    List<Finding> findings = new ArrayList<>(Findings.of(workload));
    if (isRefused(findings)) {
      return new RestartPlan.Refused(findings);
    }
    if (workload.desired() == 0 && isDesiredKnown(workload)) {
      return new RestartPlan.NothingToRestart(nothingThere(workload));
    }
    return switch (workload) {
      case DeploymentSnapshot deployment ->
          newRevision(
              deployment, strategy, Disruption.ofNewRevision(deployment), findings, acceptDowntime);
      case StatefulSetSnapshot set ->
          newRevision(set, strategy, Disruption.ofNewRevision(set), findings, acceptDowntime);
      case DaemonSetSnapshot set ->
          newRevision(set, strategy, Disruption.ofNewRevision(set), findings, acceptDowntime);
      case ArgoRolloutSnapshot rollout ->
          switch (strategy) {
            case Auto, RecreatePods ->
                proceed(
                    rollout,
                    Mechanism.RestartAt,
                    Disruption.ofRestartAt(rollout),
                    findings,
                    acceptDowntime);
            case NewRevision -> notAvailable(rollout, strategy, Strategy.RecreatePods);
          };
    };
  }

  /** A DaemonSet's is told by its controller, which first has to look. */
  private static boolean isDesiredKnown(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, ArgoRolloutSnapshot _ -> true;
      case DaemonSetSnapshot set -> set.metadata().generation().isObserved();
    };
  }

  private static String nothingThere(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, ArgoRolloutSnapshot _ ->
          workload.ref() + " is scaled to zero";
      case DaemonSetSnapshot _ -> "No node should run a pod of " + workload.ref();
    };
  }

  private static RestartPlan newRevision(
      WorkloadSnapshot workload,
      Strategy strategy,
      Disruption disruption,
      List<Finding> findings,
      boolean acceptDowntime) {
    return switch (strategy) {
      case Auto, NewRevision ->
          proceed(workload, Mechanism.TemplateAnnotation, disruption, findings, acceptDowntime);
      case RecreatePods -> notAvailable(workload, strategy, Strategy.NewRevision);
    };
  }

  private static RestartPlan proceed(
      WorkloadSnapshot workload,
      Mechanism mechanism,
      Disruption disruption,
      List<Finding> findings,
      boolean acceptDowntime) {
    if (disruption.isCertainOutage()) {
      findings.add(Findings.certainDowntime(workload, mechanism, disruption, acceptDowntime));
    }
    return isRefused(findings)
        ? new RestartPlan.Refused(findings)
        : new RestartPlan.Proceed(mechanism, disruption, findings);
  }

  private static RestartPlan notAvailable(
      WorkloadSnapshot workload, Strategy asked, Strategy instead) {
    return new RestartPlan.Refused(
        List.of(
            new Finding(
                Finding.Code.StrategyNotAvailable,
                Severity.Refusal,
                "Strategy " + asked + " is not available for " + workload.ref(),
                "Ask for strategy " + instead + " or Auto")));
  }

  private static boolean isRefused(List<Finding> findings) {
    return findings.stream().anyMatch(finding -> finding.severity() == Severity.Refusal);
  }
}
