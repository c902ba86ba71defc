package dev.reprise.cluster;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.References;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which Rollouts take their pod template from which Deployment, by what is under watch. */
final class TemplateReferences {

  private final CoveredKind<WorkloadSnapshot> deployments;
  private final CoveredKind<WorkloadSnapshot> rollouts;

  TemplateReferences(
      CoveredKind<WorkloadSnapshot> deployments, CoveredKind<WorkloadSnapshot> rollouts) {
    this.deployments = deployments;
    this.rollouts = rollouts;
  }

  /** The Rollouts that take their pod template from this Deployment, by name. */
  List<ArgoRolloutSnapshot> referringTo(DeploymentSnapshot deployment) {
    return rolloutsIn(deployment.ref().namespace())
        .filter(rollout -> deployment.ref().equals(rollout.lender()))
        .sorted(Comparator.comparing(rollout -> rollout.ref().name()))
        .toList();
  }

  /**
   * @param referenced finds the Deployment that a Rollout refers to
   */
  References of(
      WorkloadSnapshot workload,
      Function<ArgoRolloutSnapshot, @Nullable DeploymentSnapshot> referenced) {
    return switch (workload) {
      case ArgoRolloutSnapshot rollout -> of(rollout, referenced.apply(rollout));
      case DeploymentSnapshot deployment -> new References(null, referringTo(deployment));
      case StatefulSetSnapshot _, DaemonSetSnapshot _ -> References.NONE;
    };
  }

  private References of(ArgoRolloutSnapshot rollout, @Nullable DeploymentSnapshot referenced) {
    return referenced == null
        ? References.NONE
        : new References(
            referenced,
            referringTo(referenced).stream()
                .filter(other -> !other.ref().equals(rollout.ref()))
                .toList());
  }

  /** The Deployment that the Rollout refers to, as the watches have it. */
  @Nullable DeploymentSnapshot referenced(ArgoRolloutSnapshot rollout) {
    WorkloadRef lender = rollout.lender();
    return lender == null
        ? null
        : (DeploymentSnapshot) deployments.get(lender.namespace(), lender.name()).orElse(null);
  }

  private Stream<ArgoRolloutSnapshot> rolloutsIn(String namespace) {
    return rollouts.inNamespace(namespace).stream().map(ArgoRolloutSnapshot.class::cast);
  }
}
