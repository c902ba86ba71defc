package dev.reprise.rollout;

/**
 * One revision of a workload and the pods it has now.
 *
 * @param name of the ReplicaSet or ControllerRevision
 * @param number its controller's number, 0 when it has none
 * @param isOurs whether it is the one that the restart has made, or restarts within
 * @param pods those that have not ended for good, terminating ones included
 * @param ready those of them that are ready and not terminating
 * @param terminating those of them that are on their way out
 */
public record RevisionPods(
    String name, long number, boolean isOurs, int pods, int ready, int terminating) {}
