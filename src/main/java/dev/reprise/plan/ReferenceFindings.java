package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What there is to remark on a {@code workloadRef} before the template it names is changed. */
final class ReferenceFindings {

  private ReferenceFindings() {}

  static List<Finding> of(ArgoRolloutSnapshot rollout, References references) {
    TemplateReference reference = rollout.reference();
    if (reference == null) {
      return List.of();
    }
    if (!reference.isToDeployment()) {
      return List.of(
          Finding.refusal(
              Code.ReferenceNotSupported,
              "%s takes its pod template from %s, which can't be changed for a restart"
                  .formatted(rollout.ref(), named(reference)),
              "Ask for strategy RecreatePods"));
    }
    DeploymentSnapshot referenced = references.referenced();
    if (referenced == null) {
      return List.of();
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

  /** Argo's controller then calls the spec invalid and does nothing, as soon as it looks. */
  static Optional<Finding> missing(WorkloadSnapshot workload, References references) {
    return workload instanceof ArgoRolloutSnapshot rollout
            && rollout.reference() != null
            && rollout.reference().isToDeployment()
            && references.referenced() == null
        ? Optional.of(
            Finding.refusal(
                Code.ReferencedDeploymentMissing,
                "%s takes its pod template from %s, which does not exist, so its controller does nothing"
                    .formatted(rollout.ref(), named(rollout.reference())),
                "Create it, then restart"))
        : Optional.empty();
  }

  private static String named(TemplateReference reference) {
    return reference.kind() + " " + reference.name();
  }

  /** Of a Deployment that Rollouts refer to: what was asked for it happens to them. */
  static Finding followsRollout(DeploymentSnapshot deployment, List<ArgoRolloutSnapshot> rollouts) {
    return Finding.info(
        Code.ReferredToByRollout,
        "%s; %s is followed".formatted(whosePods(deployment, rollouts), rollouts.getFirst().ref()));
  }

  static Finding referredToByRollout(
      DeploymentSnapshot deployment, List<ArgoRolloutSnapshot> rollouts) {
    return Finding.refusal(
        Code.ReferredToByRollout,
        whosePods(deployment, rollouts),
        "Ask for strategy RecreatePods of kind Rollout, name " + rollouts.getFirst().ref().name());
  }

  private static String whosePods(
      DeploymentSnapshot deployment, List<ArgoRolloutSnapshot> rollouts) {
    String names =
        rollouts.stream()
            .map(rollout -> rollout.ref().toString())
            .collect(Collectors.joining(", "));
    return (rollouts.size() == 1
            ? "%s takes its pod template from %s: the pods are the Rollout's"
            : "%s take their pod template from %s: the pods are the Rollouts'")
        .formatted(names, deployment.ref());
  }
}
