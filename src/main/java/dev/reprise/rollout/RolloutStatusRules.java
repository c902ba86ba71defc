package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.Complete;
import dev.reprise.rollout.RolloutStatus.Gone;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what has become of a trigger, from nothing but what the cluster shows. */
public final class RolloutStatusRules {

  private RolloutStatusRules() {}

  /**
   * The status of the restart that wrote {@code trigger}.
   *
   * @param landed what the restart's write left in the workload
   * @param state the workload with what it owns, or null when it does not exist
   */
  public static RolloutStatus judge(Trigger trigger, Landed landed, @Nullable WorkloadState state) {
    Optional<RolloutStatus> notThere = judgeIdentity(trigger, landed.generation(), state);
    if (state == null || notThere.isPresent()) {
      return notThere.orElseThrow();
    }
    Optional<RolloutStatus> controllersView = controllersView(trigger, landed, state);
    return controllersView.orElseGet(() -> judgePods(trigger, landed, state));
  }

  /**
   * Empty when what we wrote to is there, as we left it or later; never for null.
   *
   * @param generation of the object written to, after our write
   */
  static Optional<RolloutStatus> judgeIdentity(
      Trigger trigger, long generation, @Nullable WorkloadState state) {
    if (state == null) {
      return Optional.of(
          new Gone("WorkloadDeleted", "The workload was deleted during the restart"));
    }
    if (!trigger.isFor(state.workload())) {
      return Optional.of(
          new Gone(
              "WorkloadReplaced",
              state.workload().ref() + " was deleted and made anew during the restart"));
    }
    WorkloadSnapshot written = state.written(trigger.mechanism());
    if (written == null) {
      return Optional.of(
          new Gone(
              "ReferencedDeploymentDeleted",
              "The Deployment that " + state.workload().ref() + " refers to was deleted"));
    }
    return written.metadata().generation().current() < generation
        ? Optional.of(
            new NotObserved(
                "NotSeen", "Waiting for our own change of " + written.ref() + " to be seen"))
        : Optional.empty();
  }

  private static Optional<RolloutStatus> controllersView(
      Trigger trigger, Landed landed, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (state.workload()) {
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
                NewRevisionRules.judge(state, landed);
            case ArgoRolloutSnapshot rollout ->
                ArgoNewRevisionRules.judge(rollout, trigger, landed, state);
          };
      case RestartAt ->
          switch (state.workload()) {
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
                throw new IllegalStateException("Only a Rollout has restartAt");
            case ArgoRolloutSnapshot rollout -> RestartAtRules.judge(rollout, trigger, landed);
          };
      case Eviction -> EvictionRules.judge(trigger, landed, state);
    };
  }

  /** What no controller's status tells: whether the old pods have really ended. */
  private static RolloutStatus judgePods(Trigger trigger, Landed landed, WorkloadState state) {
    PodsByAge pods = PodsByAge.of(trigger, landed, state);
    int toReplace = pods.toReplace();
    if (pods.stillRunningBefore() > 0) {
      return switch (trigger.mechanism()) {
        // The controller counts pods as replaced only once they are of the new revision.
        case TemplateAnnotation, ReferencedTemplateAnnotation, Eviction ->
            oldPodsRunning(pods, toReplace);
        // Argo says it is done when it has evicted the last one. By its source it says so too when
        // a new template makes it drop the restart (resetRolloutStatus); 1.10.1 was not seen to.
        case RestartAt ->
            new Superseded(
                "RestartDropped",
                "The Rollout controller dropped the restart for another change of "
                    + state.workload().ref()
                    + "; old pods still running: "
                    + pods.stillRunningBefore());
      };
    }
    if (!pods.before().isEmpty()) {
      return new InProgress(
          "OldPodsTerminating", "Old pods still terminating: " + pods.before().size());
    }
    int available = pods.availableSince(state.workload().counts().available());
    if (available < toReplace) {
      return new InProgress(
          "NewPodsNotAvailable", "New pods available: %d/%d".formatted(available, toReplace));
    }
    int counted = stillCounted(trigger, state.workload());
    if (counted > 0) {
      return new InProgress(
          "OldPodsCounted",
          "Waiting for the %s controller to count anew; old pods that are gone: %d"
              .formatted(state.workload().ref().kind(), counted));
    }
    return new Complete(
        "AllPodsReplaced",
        switch (toReplace) {
          case 0 -> "No pod is left to be replaced";
          case 1 -> "The one pod was replaced and is available";
          default -> "All %d pods were replaced and are available".formatted(toReplace);
        });
  }

  /**
   * Old pods that are gone, but not from the status of the workload yet: until then {@code kubectl
   * rollout status} waits ("old replicas are pending termination"), and nobody should be told
   * otherwise by us. Of the other kinds it asks for no count of old pods. Not asked on the way
   * back: the rollout that it goes back to may be under way itself.
   */
  private static int stillCounted(Trigger trigger, WorkloadSnapshot workload) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (workload) {
            case DeploymentSnapshot deployment ->
                deployment.counts().total() - deployment.counts().updated();
            case StatefulSetSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ -> 0;
          };
      // Within the same ReplicaSet; a rollout that is paused midway keeps both counts apart.
      case RestartAt, Eviction -> 0;
    };
  }

  private static RolloutStatus oldPodsRunning(PodsByAge pods, int toReplace) {
    return new InProgress(
        "OldPodsRunning",
        "Old pods still running: %d; new pods: %d/%d"
            .formatted(pods.stillRunningBefore(), pods.since().size(), toReplace));
  }
}
