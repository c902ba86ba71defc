package dev.reprise.reconcile;

/**
 * How many restarts of single workloads, members of groups among them, may be under way at once.
 *
 * @param perNamespace in one namespace, at least 1
 * @param overall in all of them, at least 1
 */
public record Limits(int perNamespace, int overall) {

  public Limits {
    if (perNamespace < 1 || overall < 1) {
      throw new IllegalArgumentException("At least one restart must be allowed at once");
    }
  }
}
