package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.plan.Finding.Severity;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What there is to remark on a workload before it is restarted. */
final class Findings {

  private Findings() {}

  static List<Finding> of(WorkloadSnapshot workload) {
    List<Finding> findings = new ArrayList<>();
    if (workload.metadata().deleting()) {
      findings.add(
          new Finding(
              Code.BeingDeleted, Severity.Refusal, workload.ref() + " is being deleted", ""));
    }
    findings.addAll(
        switch (workload) {
          case DeploymentSnapshot deployment -> ofDeployment(deployment);
          case ArgoRolloutSnapshot rollout -> ofArgoRollout(rollout);
        });
    return findings;
  }

  private static List<Finding> ofDeployment(DeploymentSnapshot deployment) {
    List<Finding> findings = new ArrayList<>();
    if (deployment.paused()) {
      // The API would take the change and nothing would happen until someone resumes.
      findings.add(
          new Finding(
              Code.Paused,
              Severity.Refusal,
              deployment.ref() + " is paused, so a change of its pod template has no effect",
              "kubectl rollout resume " + deployment.ref().forKubectl()));
    }
    if (!deployment.metadata().generation().isObserved()
        || deployment.counts().updated() < deployment.desired()) {
      findings.add(updateUnderWay(deployment));
    }
    return findings;
  }

  private static List<Finding> ofArgoRollout(ArgoRolloutSnapshot rollout) {
    List<Finding> findings = new ArrayList<>();
    rollout
        .condition("InvalidSpec")
        .filter(condition -> condition.isTrue())
        .ifPresent(condition ->
            findings.add(
                new Finding(
                    Code.InvalidSpec,
                    Severity.Refusal,
                    rollout.ref()
                        + " has an invalid spec, so its controller does nothing: "
                        + condition.message(),
                    "Mend the spec, then restart")));
    Instant restartAt = rollout.restartAt();
    if (restartAt != null && !restartAt.equals(rollout.restartedAt())) {
      findings.add(
          new Finding(
              Code.RestartAtAhead,
              Severity.Warning,
              rollout.ref() + " has a restart of someone else's under way or ahead: " + restartAt,
              "This restart takes its place"));
    }
    Disruption disruption = Disruption.ofRestartAt(rollout);
    // Argo evicts only what exceeds this (canRestart in rollout/restart.go), so it never begins.
    if (disruption.available() <= disruption.desired() - disruption.unavailable()) {
      findings.add(
          new Finding(
              Code.UnreadyPodsBlockRestartAt,
              Severity.Warning,
              "%s has %d of %d pods available: Argo evicts none until more than %d are"
                  .formatted(
                      rollout.ref(),
                      disruption.available(),
                      disruption.desired(),
                      disruption.desired() - disruption.unavailable()),
              "Delete the pods that are not ready, or mend them"));
    }
    if (rollout.phase().equals("Degraded")) {
      findings.add(
          new Finding(
              Code.AbortedRollout,
              Severity.Info,
              rollout.ref() + " is degraded and stays so after the restart: " + rollout.message(),
              ""));
    }
    if (!rollout.metadata().generation().isObserved() || rollout.phase().equals("Progressing")) {
      findings.add(updateUnderWay(rollout));
    }
    return findings;
  }

  static Finding certainDowntime(
      WorkloadSnapshot workload, Mechanism mechanism, Disruption disruption, boolean accepted) {
    String message =
        "Restarting %s by %s leaves 0 of %d pods available for a while (%d may be missing at once, %d run beyond)"
            .formatted(
                workload.ref(),
                mechanism,
                disruption.desired(),
                disruption.unavailable(),
                disruption.surge());
    return new Finding(
        Code.CertainDowntime,
        accepted ? Severity.Warning : Severity.Refusal,
        message,
        accepted ? "" : "Scale it up first, or send \"acceptDowntime\": true");
  }

  private static Finding updateUnderWay(WorkloadSnapshot workload) {
    return new Finding(
        Code.UpdateUnderWay,
        Severity.Info,
        "An update of " + workload.ref() + " is already under way; the restart joins it",
        "");
  }
}
