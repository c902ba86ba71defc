package dev.reprise.workload;

/** How a workload replaces its pods after a change of the pod template. */
public sealed interface UpdateStrategy {

  /** The pods that may be missing at once; none where the strategy sets no limit. */
  IntOrPercent maxUnavailable();

  /** A few at a time, within these two limits; a StatefulSet knows no surge. */
  record RollingUpdate(IntOrPercent maxSurge, IntOrPercent maxUnavailable)
      implements UpdateStrategy {}

  /** All old pods end before the first new one starts; of a Deployment. */
  record Recreate() implements UpdateStrategy {

    @Override
    public IntOrPercent maxUnavailable() {
      return IntOrPercent.count(0);
    }
  }

  /** Not at all, until somebody deletes them; of a StatefulSet or a DaemonSet. */
  record OnDelete() implements UpdateStrategy {

    @Override
    public IntOrPercent maxUnavailable() {
      return IntOrPercent.count(0);
    }
  }
}
