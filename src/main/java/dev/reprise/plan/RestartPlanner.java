package dev.reprise.plan;

import dev.reprise.plan.Finding.Severity;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
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
    if (workload.desired() == 0) {
      return new RestartPlan.NothingToRestart(workload.ref() + " is scaled to zero");
    }
    return switch (workload) {
      case DeploymentSnapshot deployment ->
          switch (strategy) {
            case Auto, NewRevision ->
                proceed(
                    deployment,
                    Mechanism.TemplateAnnotation,
                    Disruption.ofNewRevision(deployment),
                    findings,
                    acceptDowntime);
            case RecreatePods -> notAvailable(deployment, strategy, Strategy.NewRevision);
          };
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
