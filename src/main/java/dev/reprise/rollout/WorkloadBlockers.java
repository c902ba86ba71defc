package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Condition;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
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
      case StatefulSetSnapshot set ->
          Stream.of(
                  onDelete(trigger, landed, pods, state, set.strategy()),
                  leftOut(trigger, landed, state, set),
                  failedCreate(trigger, state))
              .flatMap(Optional::stream);
      case DaemonSetSnapshot set ->
          Stream.concat(
              onDelete(trigger, landed, pods, state, set.strategy()).stream(),
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

  /** Set since: before, the restart would have been refused. */
  private static Optional<Blocker> onDelete(
      Trigger trigger,
      Landed landed,
      PodsByAge pods,
      WorkloadState state,
      UpdateStrategy strategy) {
    boolean isWaitedFor =
        switch (trigger.mechanism()) {
          case TemplateAnnotation, ReferencedTemplateAnnotation ->
              switch (strategy) {
                case UpdateStrategy.OnDelete() -> pods.stillRunningBefore() > 0;
                case UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ -> false;
              };
          case RestartAt, Eviction -> false;
        };
    return isWaitedFor
        ? Optional.of(
            new Blocker(
                "OnDelete",
                state.workload().ref().toString(),
                "Its update strategy is OnDelete now: a pod is replaced when somebody deletes it;"
                    + " pods to replace: "
                    + pods.stillRunningBefore(),
                letGo(trigger, landed, state, "{\"type\":\"RollingUpdate\"}")))
        : Optional.empty();
  }

  /** Raised since, likewise. */
  private static Optional<Blocker> leftOut(
      Trigger trigger, Landed landed, WorkloadState state, StatefulSetSnapshot set) {
    boolean leavesOutAll =
        switch (trigger.mechanism()) {
          case TemplateAnnotation, ReferencedTemplateAnnotation ->
              set.toReplace() == 0 && set.desired() > 0;
          case RestartAt, Eviction -> false;
        };
    return leavesOutAll
        ? Optional.of(
            new Blocker(
                "PartitionLeavesOut",
                set.ref().toString(),
                NewRevisionRules.leavesOutAll(set),
                letGo(trigger, landed, state, "{\"rollingUpdate\":{\"partition\":0}}")))
        : Optional.empty();
  }

  /**
   * Replaces all pods by those of the restart. Where a partition may have held some of a
   * StatefulSet back at an older revision than the one before, that would roll out to them what
   * they were spared; then it is only looked.
   */
  private static String letGo(
      Trigger trigger, Landed landed, WorkloadState state, String strategy) {
    boolean isSafe =
        switch (state.workload()) {
          case StatefulSetSnapshot _ -> areOfTwoRevisions(trigger, landed, state);
          case DaemonSetSnapshot _, DeploymentSnapshot _, ArgoRolloutSnapshot _ -> true;
        };
    return isSafe
        ? patch(state.workload(), "{\"updateStrategy\":" + strategy + "}")
        : "kubectl get %s -o jsonpath='{.spec.updateStrategy}'"
            .formatted(state.workload().ref().forKubectl());
  }

  /** Of the restart's and of the one before; after a way back that one has another number. */
  private static boolean areOfTwoRevisions(Trigger trigger, Landed landed, WorkloadState state) {
    List<Revision> two =
        Stream.of(OurRevision.made(trigger, landed, state), OurRevision.within(trigger, state))
            .flatMap(Optional::stream)
            .toList();
    return state.pods().stream()
        .filter(pod -> !pod.ended())
        .allMatch(pod -> two.stream().anyMatch(revision -> revision.hasMade(pod)));
  }

  private static String patch(WorkloadSnapshot workload, String spec) {
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
