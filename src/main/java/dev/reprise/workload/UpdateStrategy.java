package dev.reprise.workload;

/** How a workload replaces its pods after a change of the pod template. */
public sealed interface UpdateStrategy {
  /** A few at a time, within these two limits; a StatefulSet knows no surge. */
  record RollingUpdate(IntOrPercent maxSurge, IntOrPercent maxUnavailable)
      implements UpdateStrategy {}

  /** All old pods end before the first new one starts; of a Deployment. */
  record Recreate() implements UpdateStrategy {}

  /** Not at all, until somebody deletes them; of a StatefulSet or a DaemonSet. */
  record OnDelete() implements UpdateStrategy {}
}
