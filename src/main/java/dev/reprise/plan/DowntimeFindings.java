package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Optional;

/** What there is to remark when a restart may leave nothing available. */
final class DowntimeFindings {

  private DowntimeFindings() {}

  /**
   * @param isAccepted whether a certain outage is put up with, by the caller or by this service
   */
  static Optional<Finding> of(
      WorkloadSnapshot workload, Mechanism mechanism, Disruption disruption, boolean isAccepted) {
    if (disruption.isCertainOutage()) {
      String message = sentence(workload, mechanism, disruption, "leaves");
      return Optional.of(
          isAccepted
              ? Finding.warning(Code.CertainDowntime, message, "")
              : Finding.refusal(Code.CertainDowntime, message, cure(workload)));
    }
    return disruption.isPossibleOutage()
        ? Optional.of(
            Finding.warning(
                Code.PossibleDowntime,
                sentence(workload, mechanism, disruption, "may leave"),
                "Scale it up first to be sure"))
        : Optional.empty();
  }

  private static String sentence(
      WorkloadSnapshot workload, Mechanism mechanism, Disruption disruption, String verb) {
    return "Restarting %s by %s %s 0 of %d pods available for a while (%d may be missing at once, %d run beyond)"
        .formatted(
            workload.ref(),
            mechanism,
            verb,
            disruption.desired(),
            disruption.unavailable(),
            disruption.surge());
  }

  private static String cure(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, ArgoRolloutSnapshot _ ->
          "Take one of the alternatives, scale it up first, or send \"acceptDowntime\": true";
      case DaemonSetSnapshot _ ->
          "Set maxSurge or lower maxUnavailable, or send \"acceptDowntime\": true";
    };
  }
}
