package dev.reprise.workload;

/**
 * Pod counts as the workload's controller reports them in its status; 0 where it reports none.
 *
 * @param total all pods it counts; terminating ones are not among them
 * @param updated pods of the newest revision
 * @param ready pods that pass their readiness probe
 * @param available pods that have been ready for {@code minReadySeconds}
 */
public record ReplicaCounts(int total, int updated, int ready, int available) {

  public static final ReplicaCounts NONE = new ReplicaCounts(0, 0, 0, 0);
}
