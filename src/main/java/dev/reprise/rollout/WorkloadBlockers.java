package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Condition;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.stream.Stream;

/** What of a workload itself keeps its restart from moving, as its own object tells. */
final class WorkloadBlockers {

  private WorkloadBlockers() {}

  static Stream<Blocker> of(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot deployment ->
          Stream.concat(
              deployment.paused() ? Stream.of(paused(deployment)) : Stream.of(),
              deployment
                  .condition("ReplicaFailure")
                  .filter(Condition::isTrue)
                  .map(condition -> replicaFailure(deployment, condition))
                  .stream());
      case StatefulSetSnapshot _, DaemonSetSnapshot _ -> Stream.of();
      case ArgoRolloutSnapshot rollout ->
          rollout
              .condition("InvalidSpec")
              .filter(Condition::isTrue)
              .map(condition -> invalidSpec(rollout, condition))
              .stream();
    };
  }

  private static Blocker paused(DeploymentSnapshot deployment) {
    return new Blocker(
        "Paused",
        deployment.ref().toString(),
        "The Deployment was paused during the restart",
        "kubectl rollout resume " + deployment.ref().forKubectl());
  }

  /** Mostly a quota: the API server refuses the new pods. */
  private static Blocker replicaFailure(DeploymentSnapshot deployment, Condition condition) {
    return new Blocker(
        condition.reason(),
        deployment.ref().toString(),
        condition.message(),
        "kubectl describe resourcequota -n " + deployment.ref().namespace());
  }

  private static Blocker invalidSpec(ArgoRolloutSnapshot rollout, Condition condition) {
    return new Blocker(
        "InvalidSpec",
        rollout.ref().toString(),
        condition.message(),
        "kubectl argo rollouts get rollout "
            + rollout.ref().name()
            + " -n "
            + rollout.ref().namespace());
  }
}
