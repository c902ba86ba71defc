package dev.reprise.workload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an Argo Rollout is between two revisions, as its controller tells.
 *
 * @param stableHash {@code status.stableRS}: the pod hash of the revision last promoted in full;
 *     empty until there is one
 * @param currentHash {@code status.currentPodHash}: that of the present pod template; empty before
 *     the controller has looked
 * @param step {@code status.currentStepIndex}, from 0; as many as there are steps when all are
 *     done; null without steps
 * @param weight the share of the new revision, in percent; null when none was set
 * @param isPaused {@code spec.paused}: somebody holds it
 * @param isAborted {@code status.abort}: it went back to the stable revision, though the template
 *     still holds the other
 * @param pauses why the controller has stopped by itself
 */
public record ArgoUpdate(
    String stableHash,
    String currentHash,
    @Nullable Integer step,
    @Nullable Integer weight,
    boolean isPaused,
    boolean isAborted,
    List<Pause> pauses) {

  /** Nothing is under way. */
  public static final ArgoUpdate NONE = new ArgoUpdate("", "", null, null, false, false, List.of());

  public ArgoUpdate {
    pauses = List.copyOf(pauses);
  }

  /** A pause that the controller has made. */
  public record Pause(String reason, @Nullable Instant since) {

    /** InconclusiveAnalysisRun or InconclusiveExperiment. */
    public boolean isInconclusive() {
      return reason.startsWith("Inconclusive");
    }
  }

  /** Whether the revision of the present template is not promoted in full. */
  public boolean isUnderWay() {
    return !currentHash.equals(stableHash);
  }
}
