package dev.reprise.restart;

/** What became of a {@link StartRequest} that was made as a dry run. */
public sealed interface DryRunOutcome {

  record Told(DryRun dryRun) implements DryRunOutcome {}

  record NoSuchNamespace() implements DryRunOutcome {}

  record NoSuchWorkload() implements DryRunOutcome {}

  /** The service does not cover the namespace. */
  record NotCovered() implements DryRunOutcome {}

  /** The cluster does not have the workload's kind. */
  record NoSuchKind() implements DryRunOutcome {}
}
