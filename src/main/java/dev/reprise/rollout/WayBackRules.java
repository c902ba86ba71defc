package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.Complete;
import dev.reprise.rollout.RolloutStatus.Failed;
import dev.reprise.rollout.RolloutStatus.Gone;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ControllerRevisionSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells how a restart that is cancelled gets back, from nothing but what the cluster shows. */
public final class WayBackRules {

  /** Why a restart on its way back is still under way. */
  public static final String REASON = "Cancelling";

  private WayBackRules() {}

  /**
   * Whether, and how, the trigger is to be taken back.
   *
   * @param status of the restart, by the same look
   * @param live as just read past any cache, or null when it does not exist
   */
  public static WayBack begin(
      RolloutStatus status, Trigger trigger, Landed landed, @Nullable WorkloadState live) {
    WorkloadSnapshot written = live == null ? null : live.written(trigger.mechanism());
    if (live == null || written == null) {
      return new WayBack.TooLate(status);
    }
    return switch (status) {
      case Superseded _ when isBack(live, trigger) ->
          new WayBack.Taken(Landed.in(written, trigger.mechanism()));
      case Gone _, Complete _, Superseded _ -> new WayBack.TooLate(status);
      // Of a Rollout only its controller can tell whether other words mean the same template.
      case NotObserved _ when isWrittenAnew(live, trigger, landed) -> new WayBack.NotYet();
      // A rollout that its controller gave up is the very one to be taken back.
      case NotObserved _, InProgress _, Failed _ ->
          switch (trigger.mechanism()) {
            case TemplateAnnotation, ReferencedTemplateAnnotation -> new WayBack.Open(written);
            case RestartAt ->
                isCarriedOut((ArgoRolloutSnapshot) written, trigger)
                    ? new WayBack.NothingLeft(
                        "AlreadyCarriedOut",
                        written.desired() == 1
                            ? "The one pod had been restarted already and stays so"
                            : "All %d pods had been restarted already and stay so"
                                .formatted(written.desired()))
                    : new WayBack.Open(written);
            case Eviction ->
                new WayBack.NothingLeft("EvictionsStopped", restarted(trigger, landed, live));
          };
    };
  }

  private static boolean isWrittenAnew(WorkloadState live, Trigger trigger, Landed landed) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          !live.templateHash(trigger.mechanism()).equals(landed.templateHash());
      case RestartAt, Eviction -> false;
    };
  }

  /** Whether only new pods have yet to become available, which nothing can stop. */
  private static boolean isCarriedOut(ArgoRolloutSnapshot rollout, Trigger trigger) {
    return trigger.value().equals(rollout.restartedAt());
  }

  /**
   * How far the way back is; complete when the restart is cancelled.
   *
   * @param takenBack what taking the trigger back left in the workload
   * @param state the workload with what it owns, or null when it does not exist
   */
  public static RolloutStatus judge(
      Trigger trigger, Landed landed, Landed takenBack, @Nullable WorkloadState state) {
    Optional<RolloutStatus> notThere =
        RolloutStatusRules.judgeIdentity(trigger, takenBack.generation(), state);
    if (state == null || notThere.isPresent()) {
      return notThere.orElseThrow();
    }
    if (takenBack.isTemplateChanged(state.templateHash(trigger.mechanism()))) {
      return new Superseded(
          "TemplateChanged",
          "The pod template of %s was changed by someone else while the restart was cancelled"
              .formatted(state.workload().ref()));
    }
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          judgeRevision(trigger, landed, takenBack, state);
      case RestartAt -> judgeRestartAt(trigger, landed, state);
      case Eviction -> new Complete("EvictionsStopped", restarted(trigger, landed, state));
    };
  }

  /** The controller goes back to the revision before, and replaces our pods by that one's. */
  private static RolloutStatus judgeRevision(
      Trigger trigger, Landed landed, Landed takenBack, WorkloadState state) {
    WorkloadSnapshot workload = state.workload();
    Optional<Revision> ours = OurRevision.made(trigger, landed, state);
    if (!isObserved(trigger, ours, takenBack, workload)) {
      return notObserved(workload, "the pod template");
    }
    PodsByAge pods = PodsByAge.ofWayBack(trigger, landed, state);
    int wanted = pods.toReplace();
    int back = Math.min(wanted, pods.availableSince(workload.counts().available()));
    String counts = "Old pods back: %d/%d".formatted(back, wanted);
    // The condition that its progress deadline was exceeded may still be that of the way forth.
    return pods.before().isEmpty() && back == wanted && !mayMakePods(ours)
        ? new Complete("TakenBack", counts + "; the pod template is as it was")
        : new InProgress(REASON, counts + "; new ones left: " + pods.before().size());
  }

  private static boolean isObserved(
      Trigger trigger, Optional<Revision> ours, Landed takenBack, WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
          workload.metadata().generation().isObserved();
      case ArgoRolloutSnapshot rollout ->
          ArgoNewRevisionRules.isObserved(rollout, trigger, takenBack)
              && ours.filter(revision -> OurRevision.isCurrent(revision, rollout)).isEmpty();
    };
  }

  /** Its ReplicaSet has yet to be told that it should have none. */
  private static boolean mayMakePods(Optional<Revision> ours) {
    return ours.filter(revision ->
            switch (revision) {
              case ReplicaSetSnapshot set -> set.desired() > 0;
              case ControllerRevisionSnapshot _ -> false;
            })
        .isPresent();
  }

  /** Argo evicts no more once it has seen that; before, it may still be at a batch. */
  private static RolloutStatus judgeRestartAt(Trigger trigger, Landed landed, WorkloadState state) {
    WorkloadSnapshot workload = state.workload();
    if (!isBack(state, trigger)) {
      return new Superseded(
          "RestartAtChanged",
          "spec.restartAt of %s was changed by someone else while the restart was cancelled"
              .formatted(workload.ref()));
    }
    if (!workload.metadata().generation().isObserved()) {
      return notObserved(workload, "restartAt");
    }
    return new Complete("TakenBack", restarted(trigger, landed, state));
  }

  private static String restarted(Trigger trigger, Landed landed, WorkloadState state) {
    PodsByAge pods = PodsByAge.of(trigger, landed, state);
    long spared = Math.min(pods.toReplace(), pods.stillRunningBefore());
    return "%d of %d pods were restarted and stay so; left alone: %d"
        .formatted(pods.toReplace() - spared, pods.toReplace(), spared);
  }

  private static RolloutStatus notObserved(WorkloadSnapshot workload, String what) {
    return new NotObserved(
        REASON,
        "Waiting for the %s controller to observe that %s was put back"
            .formatted(workload.ref().kind(), what));
  }

  /**
   * The pods that hold the way back up for ever, and that nobody but us would remove: a StatefulSet
   * controller waits for an updated pod to get ready even after its template was put back
   * (kubernetes #67250). Before it has observed that, it would make the pod anew as it was; and
   * below the partition of its current revision ({@code newVersionedStatefulSetPod}), which may be
   * older than what the pod had before.
   */
  public static List<PodSnapshot> toEvict(
      Trigger trigger, Landed landed, Landed takenBack, WorkloadState state) {
    boolean isOnTheWay = judge(trigger, landed, takenBack, state) instanceof InProgress;
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (state.workload()) {
            case StatefulSetSnapshot set when isOnTheWay ->
                PodsByAge.ofWayBack(trigger, landed, state).before().stream()
                    .filter(pod -> !pod.ready() && !pod.terminating())
                    .filter(pod -> !set.isBelowPartition(pod))
                    .toList();
            case StatefulSetSnapshot _,
                DeploymentSnapshot _,
                DaemonSetSnapshot _,
                ArgoRolloutSnapshot _ ->
                List.of();
          };
      case RestartAt, Eviction -> List.of();
    };
  }

  /** Whether what the trigger replaced is there again. */
  private static boolean isBack(WorkloadState state, Trigger trigger) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          state.templateHash(trigger.mechanism()).equals(trigger.formerTemplateHash());
      case RestartAt ->
          state.workload() instanceof ArgoRolloutSnapshot rollout
              && trigger.isFormer(rollout.restartAt());
      case Eviction -> false;
    };
  }
}
