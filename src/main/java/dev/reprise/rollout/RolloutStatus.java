package dev.reprise.rollout;

import dev.reprise.workload.WorkloadSnapshot;

/** What has become of a restart's trigger. */
public sealed interface RolloutStatus {

  /** One PascalCase word. */
  String reason();

  /** A sentence with the numbers, have/want. */
  String message();

  /** The controller has not yet looked at what was written. */
  record NotObserved(String reason, String message) implements RolloutStatus {}

  /** Pods are being replaced. */
  record InProgress(String reason, String message) implements RolloutStatus {}

  /** No pod from before is left, and the desired ones are available. */
  record Complete(String reason, String message) implements RolloutStatus {}

  /**
   * The controller has given up.
   *
   * @param verdict its own, with the way out as the command
   */
  record Failed(Blocker verdict) implements RolloutStatus {

    @Override
    public String reason() {
      return verdict.reason();
    }

    @Override
    public String message() {
      return verdict.words();
    }
  }

  /** Somebody else's change has taken the place of ours. */
  record Superseded(String reason, String message) implements RolloutStatus {

    static Superseded templateChanged(WorkloadSnapshot workload) {
      return new Superseded(
          "TemplateChanged",
          "The pod template of " + workload.ref() + " was changed by someone else");
    }
  }

  /** The workload is no longer there, or another one stands under its name. */
  record Gone(String reason, String message) implements RolloutStatus {}
}
