package dev.reprise.restart;

import dev.reprise.plan.RestartPlan;
import dev.reprise.restart.WorkloadGateway.Reading;

/** What became of a {@link StartRequest}. */
public sealed interface StartOutcome {

  /** There is a Restart for it; whether it has begun, and how it went, its status tells. */
  record Accepted(Restart restart) implements StartOutcome {}

  /** Another Restart of the workload is under way; nothing was changed. */
  record Busy(RestartKey other) implements StartOutcome {}

  /** The workload was restarted a short time ago; nothing was changed. */
  record CoolingDown(Cooldown.Cooling cooling) implements StartOutcome {}

  /** The plan forbids it; nothing was changed. */
  record Refused(RestartPlan.Refused plan) implements StartOutcome {}

  /** The Idempotency-Key was used for another request; nothing was changed. */
  record KeyReused(AnyRestart earlier) implements StartOutcome {}

  /** There is no such workload, or none that this service covers; nothing was changed. */
  record Missing(Reading.Missing what) implements StartOutcome {}
}
