package dev.reprise.workload;

/**
 * A PodDisruptionBudget, as its controller last reckoned it.
 *
 * @param pods which pods it is about
 * @param disruptionsAllowed how many of them may be evicted now
 * @param currentHealthy how many of them are ready
 * @param desiredHealthy how many of them must stay so
 * @param expectedPods how many there should be
 * @param evictsUnready whether a pod that is not ready may always be evicted ({@code
 *     unhealthyPodEvictionPolicy: AlwaysAllow})
 */
public record BudgetSnapshot(
    String namespace,
    String name,
    LabelSelector pods,
    int disruptionsAllowed,
    int currentHealthy,
    int desiredHealthy,
    int expectedPods,
    boolean evictsUnready) {

  /** Whether it allows no eviction even when every pod is ready. */
  public boolean neverAllows() {
    return expectedPods > 0 && desiredHealthy >= expectedPods;
  }

  /**
   * Whether the API server would let this pod go now. One that is not ready may go while the others
   * are enough ({@code IfHealthyBudget}), or always.
   */
  public boolean allows(PodSnapshot pod) {
    return disruptionsAllowed > 0 || isFree(pod);
  }

  /** Whether it lets this pod go without counting it, as one that is not ready. */
  public boolean isFree(PodSnapshot pod) {
    return !pod.ready() && (evictsUnready || isHealthy());
  }

  private boolean isHealthy() {
    return desiredHealthy > 0 && currentHealthy >= desiredHealthy;
  }
}
