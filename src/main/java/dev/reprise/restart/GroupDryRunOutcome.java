package dev.reprise.restart;

/** What became of a {@link GroupRequest} that was made as a dry run. */
public sealed interface GroupDryRunOutcome {

  record Told(GroupDryRun dryRun) implements GroupDryRunOutcome {}

  /** There is no such namespace, or it is not covered. */
  record Missing(WorkloadGateway.Reading.NoNamespace what) implements GroupDryRunOutcome {}
}
