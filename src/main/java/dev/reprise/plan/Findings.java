package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.plan.Finding.Severity;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy;
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
          case StatefulSetSnapshot set -> ofStatefulSet(set);
          case DaemonSetSnapshot set -> ofDaemonSet(set);
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
    addUpdateUnderWay(findings, deployment);
    return findings;
  }

  private static List<Finding> ofStatefulSet(StatefulSetSnapshot set) {
    List<Finding> findings = new ArrayList<>();
    addOnDelete(findings, set, set.strategy());
    if (set.partition() > 0 && set.desired() > 0) {
      int leftOut = set.desired() - set.toReplace();
      findings.add(
          new Finding(
              Code.PartitionLeavesOut,
              set.toReplace() == 0 ? Severity.Refusal : Severity.Warning,
              "The partition %d of %s leaves out %d of %d pods: they keep running as they are"
                  .formatted(set.partition(), set.ref(), leftOut, set.desired()),
              "Lower spec.updateStrategy.rollingUpdate.partition to restart them too"));
    }
    addUpdateUnderWay(findings, set);
    return findings;
  }

  private static List<Finding> ofDaemonSet(DaemonSetSnapshot set) {
    List<Finding> findings = new ArrayList<>();
    addOnDelete(findings, set, set.strategy());
    addUpdateUnderWay(findings, set);
    return findings;
  }

  private static void addOnDelete(
      List<Finding> findings, WorkloadSnapshot workload, UpdateStrategy strategy) {
    switch (strategy) {
      case UpdateStrategy.OnDelete() ->
          findings.add(
              new Finding(
                  Code.OnDelete,
                  Severity.Refusal,
                  workload.ref()
                      + " has the update strategy OnDelete, so a change of its pod template"
                      + " replaces no pod",
                  "Delete its pods one after the other, or set spec.updateStrategy.type to"
                      + " RollingUpdate"));
      case UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ -> {}
    }
  }

  private static void addUpdateUnderWay(List<Finding> findings, WorkloadSnapshot workload) {
    if (!workload.metadata().generation().isObserved()
        || workload.counts().updated() < workload.toReplace()) {
      findings.add(updateUnderWay(workload));
    }
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
