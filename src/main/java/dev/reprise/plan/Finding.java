package dev.reprise.plan;

/**
 * One remark on a planned restart.
 *
 * @param message a sentence with the object and the numbers
 * @param nextStep what the reader can do about it; empty when there is nothing to do
 */
public record Finding(Code code, Severity severity, String message, String nextStep) {

  static Finding info(Code code, String message) {
    return new Finding(code, Severity.Info, message, "");
  }

  static Finding warning(Code code, String message, String nextStep) {
    return new Finding(code, Severity.Warning, message, nextStep);
  }

  static Finding refusal(Code code, String message, String nextStep) {
    return new Finding(code, Severity.Refusal, message, nextStep);
  }

  /** Whether the restart is not made because of it. */
  public boolean refuses() {
    return severity == Severity.Refusal;
  }

  /** How much a finding weighs. */
  public enum Severity {
    Info,
    Warning,
    /** The restart is not made. */
    Refusal
  }

  /** What a finding is about; stable, so that programs can tell findings apart. */
  public enum Code {
    Forbidden,
    BeingDeleted,
    RestartDenied,
    Paused,
    InvalidSpec,
    AnnotationsFull,
    OnDelete,
    PartitionLeavesOut,
    CertainDowntime,
    PossibleDowntime,
    UnreadyPodsBlockRestartAt(true),
    UnreadyPodBlocksUpdate(true),
    UnreadyPodsFirst,
    TooFewAvailable(true),
    RestartAtAhead,
    UpdateUnderWay,
    AbortedRollout,
    ManualPauseAhead(true),
    AnalysisAhead,
    BudgetBlocksEviction(true),
    SeveralBudgets,
    ReferredToByRollout,
    ReferenceNotSupported,
    ReferencedDeploymentMissing,
    ReferencedDeploymentHasPods,
    Autoscaled,
    QuotaMayStopSurge,
    NoReadinessProbe,
    SingleNodeVolume,
    OwnedByOperator,
    ManagedByGitOps,
    ManagedByReloader,
    FlaggerCanary,
    HistoryLimit,
    NotChecked;

    private final boolean isObstacle;

    Code() {
      this(false);
    }

    Code(boolean isObstacle) {
      this.isObstacle = isObstacle;
    }

    /** Whether a restart of which this is found does not come to its end by itself. */
    public boolean isObstacle() {
      return isObstacle;
    }
  }
}
