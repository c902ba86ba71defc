package dev.reprise.workload;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One step of a canary. */
public sealed interface ArgoStep {

  /** So much of the traffic, or without a traffic router of the pods, goes to the new revision. */
  record SetWeight(int percent) implements ArgoStep {}

  /**
   * A wait.
   *
   * @param duration null for one that lasts until somebody promotes the Rollout
   */
  record Pause(@Nullable Duration duration) implements ArgoStep {

    public boolean needsPerson() {
      return duration == null;
    }
  }

  /** An AnalysisRun that has to succeed. */
  record Analysis() implements ArgoStep {}

  /** Any other, by the name of its field. */
  record Other(String name) implements ArgoStep {}
}
