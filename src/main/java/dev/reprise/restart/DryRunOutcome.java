package dev.reprise.restart;

import dev.reprise.restart.WorkloadGateway.Reading;

/** What became of a {@link StartRequest} that was made as a dry run. */
public sealed interface DryRunOutcome {

  record Told(DryRun dryRun) implements DryRunOutcome {}

  /** There is no such workload, or none that this service covers. */
  record Missing(Reading.Missing what) implements DryRunOutcome {}
}
