package dev.reprise.restart;

import dev.reprise.plan.RestartPlan;

/** What became of a {@link StartRequest}. */
public sealed interface StartOutcome {

  /** There is a Restart for it; whether it has begun, and how it went, its status tells. */
  record Accepted(Restart restart) implements StartOutcome {}

  /** Another Restart of the workload is under way; nothing was changed. */
  record Busy(RestartKey other) implements StartOutcome {}

  /** The plan forbids it; nothing was changed. */
  record Refused(RestartPlan.Refused plan) implements StartOutcome {}

  /** The Idempotency-Key was used for another request; nothing was changed. */
  record KeyReused(Restart earlier) implements StartOutcome {}

  record NoSuchNamespace() implements StartOutcome {}

  record NoSuchWorkload() implements StartOutcome {}

  /** The service does not cover the namespace, so it would never be carried out. */
  record NotCovered() implements StartOutcome {}

  /** The cluster does not have the workload's kind. */
  record NoSuchKind() implements StartOutcome {}
}
