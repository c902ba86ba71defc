package dev.reprise.rollout;

import dev.reprise.workload.Landed;
import dev.reprise.workload.WorkloadSnapshot;

/** How a restart that has begun can be cancelled. */
public sealed interface WayBack {

  /**
   * Its trigger is still at work and can be taken back.
   *
   * @param from the workload that it is to be taken back from
   */
  record Open(WorkloadSnapshot from) implements WayBack {}

  /** What was there before the trigger is back, be it by a write of ours whose answer was lost. */
  record Taken(Landed left) implements WayBack {}

  /** Its controller has to look first: the template may be ours, or somebody else's. */
  record NotYet() implements WayBack {}

  /** Nothing more comes of the trigger that could be stopped. */
  record NothingLeft(String reason, String message) implements WayBack {}

  /** The restart has come to an end by itself, or something of somebody else's has ended it. */
  record TooLate(RolloutStatus status) implements WayBack {}
}
