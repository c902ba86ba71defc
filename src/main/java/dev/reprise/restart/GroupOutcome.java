package dev.reprise.restart;

/** What became of a {@link GroupRequest}; but for the first nothing was changed. */
public sealed interface GroupOutcome {

  /** There is a group for it; how far it is, its status tells. */
  record Accepted(RestartGroup group) implements GroupOutcome {}

  /** It can't be carried out, as things stand. */
  record TurnedAway(GroupObstacle obstacle) implements GroupOutcome {}

  /** The Idempotency-Key was used for another request. */
  record KeyReused(AnyRestart earlier) implements GroupOutcome {}

  /** There is no such namespace, or it is not covered. */
  record Missing(WorkloadGateway.Reading.NoNamespace what) implements GroupOutcome {}
}
