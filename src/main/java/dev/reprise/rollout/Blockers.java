package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Condition;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what keeps a restart from moving. */
public final class Blockers {

  private static final int AT_MOST = 10;

  /** A container that waits for one of these is on its way. */
  private static final Set<String> ON_ITS_WAY = Set.of("ContainerCreating", "PodInitializing");

  private Blockers() {}

  /** What stands in the way, the most telling first, at most ten; empty when nothing does. */
  public static List<Blocker> of(Trigger trigger, Landed landed, WorkloadState state) {
    PodsByAge pods = PodsByAge.of(trigger, landed, state);
    return Stream.of(
            ofWorkload(state),
            pods.since().stream().flatMap(pod -> ofPod(state.workload().ref(), pod)),
            // Argo counts them too: see the finding UnreadyPodsBlockRestartAt.
            pods.before().stream().flatMap(pod -> ofPod(state.workload().ref(), pod)))
        .flatMap(blockers -> blockers)
        .limit(AT_MOST)
        .toList();
  }

  private static Stream<Blocker> ofWorkload(WorkloadState state) {
    return switch (state.workload()) {
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

  private static Stream<Blocker> ofPod(WorkloadRef workload, PodSnapshot pod) {
    if (pod.terminating() || pod.ready()) {
      return Stream.of();
    }
    String object = "Pod " + pod.name();
    String describe = "kubectl describe pod " + pod.name() + " -n " + workload.namespace();
    if (pod.unschedulable() != null) {
      return Stream.of(new Blocker("Unschedulable", object, pod.unschedulable(), describe));
    }
    return pod.waiting().stream()
        .filter(container -> !ON_ITS_WAY.contains(container.reason()))
        .map(container ->
            new Blocker(
                container.reason(),
                object,
                "Container %s: %s".formatted(container.name(), container.message()),
                container.reason().equals("CrashLoopBackOff")
                    ? "kubectl logs %s -n %s -c %s --previous"
                        .formatted(pod.name(), workload.namespace(), container.name())
                    : describe));
  }

  private static Blocker paused(DeploymentSnapshot deployment) {
    return new Blocker(
        "Paused",
        deployment.ref().toString(),
        "The Deployment was paused during the restart",
        "kubectl rollout resume " + deployment.ref().forKubectl());
  }

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
