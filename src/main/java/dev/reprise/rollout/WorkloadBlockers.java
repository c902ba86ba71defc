package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Condition;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;
import java.util.stream.Stream;

/** What of a workload itself keeps its restart from moving, as its controller tells. */
final class WorkloadBlockers {

  /** As the API server words it, for it has no reason of its own for a quota. */
  private static final String OVER_QUOTA = "exceeded quota";

  private WorkloadBlockers() {}

  static Stream<Blocker> of(Trigger trigger, Landed landed, PodsByAge pods, WorkloadState state) {
    Mechanism mechanism = trigger.mechanism();
    return switch (state.workload()) {
      case DeploymentSnapshot deployment ->
          Stream.concat(ofRollout(mechanism, deployment), replicaFailure(deployment).stream());
      case StatefulSetSnapshot _, DaemonSetSnapshot _ ->
          Stream.concat(
              UpdateStrategyBlockers.of(trigger, landed, pods, state),
              failedCreate(trigger, state).stream());
      case ArgoRolloutSnapshot rollout ->
          Stream.of(
                  invalidSpec(rollout).stream(),
                  replicaFailure(rollout).stream(),
                  ofSteps(mechanism, rollout))
              .flatMap(blockers -> blockers);
    };
  }

  /** Evictions need no controller but the ReplicaSet's, which no pause concerns. */
  private static Stream<Blocker> ofRollout(Mechanism mechanism, DeploymentSnapshot deployment) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation, RestartAt ->
          deployment.paused() ? Stream.of(paused(deployment)) : Stream.of();
      case Eviction -> Stream.of();
    };
  }

  private static Stream<Blocker> ofSteps(Mechanism mechanism, ArgoRolloutSnapshot rollout) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> waitsForPerson(rollout);
      case RestartAt, Eviction -> Stream.of();
    };
  }

  /** Its pauses stay for a moment after it was aborted. */
  private static Stream<Blocker> waitsForPerson(ArgoRolloutSnapshot rollout) {
    StepProgress steps = StepProgress.of(rollout);
    return steps.needsPerson() && !rollout.update().isAborted()
        ? Stream.of(
            new Blocker(
                "WaitsForPerson",
                rollout.ref().toString(),
                steps.words(),
                rollout.update().isPaused()
                    ? patch(rollout, "{\"paused\":false}")
                    : rollout.ref().argo("promote")))
        : Stream.of();
  }

  private static Blocker paused(DeploymentSnapshot deployment) {
    return new Blocker(
        "Paused",
        deployment.ref().toString(),
        "The Deployment was paused during the restart",
        "kubectl rollout resume " + deployment.ref().forKubectl());
  }

  /** Sets fields of the spec. */
  static String patch(WorkloadSnapshot workload, String spec) {
    return "kubectl patch %s --type merge -p '{\"spec\":%s}'"
        .formatted(workload.ref().forKubectl(), spec);
  }

  private static Optional<Blocker> replicaFailure(WorkloadSnapshot workload) {
    return workload
        .condition("ReplicaFailure")
        .filter(Condition::isTrue)
        .map(condition -> noPod(condition.reason(), condition.message(), workload.ref()));
  }

  /**
   * An Event stays for an hour, so it may be about a failure that is over: one from before the
   * restart, or one after which a pod came all the same.
   */
  private static Optional<Blocker> failedCreate(Trigger trigger, WorkloadState state) {
    return Optional.ofNullable(state.failedCreate())
        .filter(_ -> state.isShortOfPods())
        .filter(failed -> !failed.at().isBefore(trigger.value()))
        .filter(failed -> state.newestPod().filter(failed.at()::isBefore).isEmpty())
        .map(failed -> noPod("FailedCreate", failed.message(), state.workload().ref()));
  }

  /** Mostly a quota: the API server refuses the new pods. */
  private static Blocker noPod(String reason, String message, WorkloadRef ref) {
    return message.contains(OVER_QUOTA)
        ? new Blocker(
            "QuotaExceeded",
            ref.toString(),
            message,
            "kubectl describe resourcequota -n " + ref.namespace())
        : new Blocker(reason, ref.toString(), message, "kubectl describe " + ref.forKubectl());
  }

  private static Optional<Blocker> invalidSpec(ArgoRolloutSnapshot rollout) {
    return rollout
        .condition("InvalidSpec")
        .filter(Condition::isTrue)
        .map(condition ->
            new Blocker(
                "InvalidSpec",
                rollout.ref().toString(),
                condition.message(),
                rollout.ref().argo("get rollout")));
  }
}
