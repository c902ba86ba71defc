package dev.reprise.workload;

/** How a Deployment replaces its pods after a change of the pod template. */
public sealed interface UpdateStrategy {

  /** A few at a time, within these two limits. */
  record RollingUpdate(IntOrPercent maxSurge, IntOrPercent maxUnavailable)
      implements UpdateStrategy {}

  /** All old pods end before the first new one starts. */
  record Recreate() implements UpdateStrategy {}
}
