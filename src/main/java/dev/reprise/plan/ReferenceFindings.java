package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to remark on a {@code workloadRef} before the template it names is changed. */
final class ReferenceFindings {

  private ReferenceFindings() {}

  static List<Finding> of(ArgoRolloutSnapshot rollout, References references) {
    TemplateReference reference = rollout.reference();
    if (reference == null) {
      return List.of();
    }
    String named = reference.kind() + " " + reference.name();
    if (!reference.isToDeployment()) {
      return List.of(
          Finding.refusal(
              Code.ReferenceNotSupported,
              "%s takes its pod template from %s, which can't be changed for a restart"
                  .formatted(rollout.ref(), named),
              "Ask for strategy RecreatePods"));
    }
    DeploymentSnapshot referenced = references.referenced();
    if (referenced == null) {
      return List.of(
          Finding.refusal(
              Code.ReferencedDeploymentMissing,
              "%s takes its pod template from %s, which does not exist"
                  .formatted(rollout.ref(), named),
              "Create it, or ask for strategy RecreatePods"));
    }
    List<Finding> findings = new ArrayList<>();
    if (referenced.metadata().deleting()) {
      findings.add(Findings.beingDeleted(referenced));
    }
    if (referenced.desired() > 0) {
      // scaleDown never, onsuccess or progressively: its own pods roll as well.
      findings.add(
          Finding.warning(
              Code.ReferencedDeploymentHasPods,
              "%s, whose pod template is changed, runs %d pods of its own, which are replaced too"
                  .formatted(referenced.ref(), referenced.desired()),
              "Scale it to zero if the Rollout has taken over"));
    }
    return findings;
  }

  /** Of a Deployment that Rollouts refer to: what was asked for it happens to them. */
  static Finding followsRollout(DeploymentSnapshot deployment, List<ArgoRolloutSnapshot> rollouts) {
    return Finding.info(
        Code.ReferredToByRollout,
        "%s takes its pod template from %s, so its pods restart; %s is followed"
            .formatted(names(rollouts), deployment.ref(), rollouts.getFirst().ref()));
  }

  static Finding referredToByRollout(
      DeploymentSnapshot deployment, List<ArgoRolloutSnapshot> rollouts) {
    WorkloadRef first = rollouts.getFirst().ref();
    return Finding.refusal(
        Code.ReferredToByRollout,
        "%s takes its pod template from %s: the pods are the Rollout's"
            .formatted(names(rollouts), deployment.ref()),
        "Ask for strategy RecreatePods of kind Rollout, name " + first.name());
  }

  private static String names(List<ArgoRolloutSnapshot> rollouts) {
    return rollouts.stream()
        .map(rollout -> rollout.ref().toString())
        .collect(Collectors.joining(", "));
  }
}
