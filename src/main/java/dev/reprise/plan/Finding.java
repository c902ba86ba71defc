package dev.reprise.plan;

/**
 * One remark on a planned restart.
 *
 * @param message a sentence with the object and the numbers
 * @param nextStep what the reader can do about it; empty when there is nothing to do
 */
public record Finding(Code code, Severity severity, String message, String nextStep) {

  /** How much a finding weighs. */
  public enum Severity {
    Info,
    Warning,
    /** The restart is not made. */
    Refusal
  }

  /** What a finding is about; stable, so that programs can tell findings apart. */
  public enum Code {
    BeingDeleted,
    Paused,
    InvalidSpec,
    OnDelete,
    PartitionLeavesOut,
    StrategyNotAvailable,
    CertainDowntime,
    UnreadyPodsBlockRestartAt,
    RestartAtAhead,
    UpdateUnderWay,
    AbortedRollout
  }
}
