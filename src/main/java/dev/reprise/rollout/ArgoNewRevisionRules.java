package dev.reprise.rollout;

import dev.reprise.rollout.RolloutStatus.Failed;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Revision;
import dev.reprise.workload.TemplateReference;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;

/**
 * What an Argo Rollout's own object says of a new revision, made from its own pod template or from
 * that of the Deployment it refers to. That Deployment's status tells nothing: at 0 replicas it is
 * done at once (A5).
 */
final class ArgoNewRevisionRules {

  private ArgoNewRevisionRules() {}

  /** Empty when the controller has promoted it in full and only the pods are left to look at. */
  static Optional<RolloutStatus> judge(
      ArgoRolloutSnapshot rollout, Trigger trigger, Landed landed, WorkloadState state) {
    boolean isWrittenAnew = !state.templateHash(trigger.mechanism()).equals(landed.templateHash());
    if (isWrittenAnew && !mayMeanTheSame(trigger)) {
      return Optional.of(Superseded.templateChanged(rollout));
    }
    if (!isObserved(rollout, trigger, landed)) {
      return Optional.of(notObserved());
    }
    Optional<Revision> made = OurRevision.made(trigger, landed, state);
    if (made.isEmpty()) {
      return Optional.of(
          isWrittenAnew
              ? Superseded.templateChanged(rollout)
              : new InProgress("NewRevisionMissing", "Waiting for the new revision to be made"));
    }
    Revision ours = made.get();
    if (!OurRevision.isCurrent(ours, rollout)) {
      return Optional.of(
          isOvertaken(ours, rollout, state) ? Superseded.templateChanged(rollout) : notObserved());
    }
    if (rollout.update().isAborted()) {
      return Optional.of(
          givenUp(
              rollout,
              "RolloutAborted",
              "It was aborted and goes back to its stable revision",
              wayOut(rollout, ours, state)));
    }
    if (hasExceededDeadline(rollout)) {
      return Optional.of(
          givenUp(
              rollout,
              "ProgressDeadlineExceeded",
              "It exceeded its progress deadline",
              wayOut(rollout, ours, state)));
    }
    return judgeSteps(rollout, ours);
  }

  /**
   * A Rollout's own template is stored as it is written, and its controller writes it anew with the
   * new revision's number ({@code setRolloutRevision}): {@code cpu: 0.5} becomes {@code 500m}. A
   * Deployment's is made uniform by the API server.
   */
  private static boolean mayMeanTheSame(Trigger trigger) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation -> true;
      case ReferencedTemplateAnnotation, RestartAt, Eviction -> false;
    };
  }

  private static RolloutStatus notObserved() {
    return new NotObserved(
        "NotObserved", "Waiting for the Rollout controller to observe the change");
  }

  /**
   * Whether a later revision than ours is the current one: after a lost answer the hash found may
   * be that of somebody else's change of our template.
   */
  private static boolean isOvertaken(
      Revision ours, ArgoRolloutSnapshot rollout, WorkloadState state) {
    return state.revisions().stream()
        .filter(revision -> OurRevision.isCurrent(revision, rollout))
        .anyMatch(current -> current.number() > ours.number());
  }

  /**
   * Necessary and not sufficient: with a condition alone the controller also writes the generation
   * ({@code patchCondition} of rollout/sync.go), and leaves the rest of the status as it was.
   */
  static boolean isObserved(ArgoRolloutSnapshot rollout, Trigger trigger, Landed landed) {
    TemplateReference reference = rollout.reference();
    return rollout.metadata().generation().isObserved()
        && switch (trigger.mechanism()) {
          case TemplateAnnotation, RestartAt, Eviction -> true;
          case ReferencedTemplateAnnotation ->
              reference != null && reference.hasObserved(landed.generation());
        };
  }

  /**
   * Undoing puts the template back, which an abort alone leaves as it is; to retry would ship again
   * what has just been stopped.
   */
  private static String wayOut(ArgoRolloutSnapshot rollout, Revision ours, WorkloadState state) {
    return rollout
        .ref()
        .argo(OurRevision.isFormerWell(Optional.of(ours), state) ? "undo" : "get rollout");
  }

  /** For a moment after somebody's abort the message is of before. */
  private static RolloutStatus givenUp(
      ArgoRolloutSnapshot rollout, String reason, String what, String wayOut) {
    String told = reason + ": ";
    String why =
        rollout.message().startsWith(told) ? ": " + rollout.message().substring(told.length()) : "";
    return new Failed(new Blocker(reason, rollout.ref().toString(), what + why, wayOut));
  }

  /** The condition of an earlier rollout is gone by now: its revision is not current any more. */
  private static boolean hasExceededDeadline(ArgoRolloutSnapshot rollout) {
    return rollout
        .condition("Progressing")
        .filter(condition -> condition.reason().equals("ProgressDeadlineExceeded"))
        .isPresent();
  }

  private static Optional<RolloutStatus> judgeSteps(ArgoRolloutSnapshot rollout, Revision ours) {
    StepProgress steps = StepProgress.of(rollout);
    if (rollout.update().isPaused()) {
      return Optional.of(
          new InProgress("Paused", rollout.ref() + " is paused (spec.paused): " + steps.words()));
    }
    if (!rollout.update().pauses().isEmpty()) {
      return Optional.of(new InProgress("PausedAtStep", steps.words()));
    }
    return OurRevision.isStable(ours, rollout)
        ? Optional.empty()
        : Optional.of(
            new InProgress(
                "StepsRunning",
                "%s; new pods: %d/%d"
                    .formatted(steps.words(), rollout.counts().updated(), rollout.desired())));
  }
}
