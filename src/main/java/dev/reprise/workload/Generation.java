package dev.reprise.workload;

/**
 * The version of a workload's spec, and the version that its controller has taken note of.
 *
 * @param current {@code metadata.generation}
 * @param observed {@code status.observedGeneration}, 0 when the controller has not looked yet
 */
public record Generation(long current, long observed) {

  /** Whether the status describes the spec as it stands now. */
  public boolean isObserved() {
    return observed >= current;
  }
}
