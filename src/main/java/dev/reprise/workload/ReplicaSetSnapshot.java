package dev.reprise.workload;

/**
 * A ReplicaSet that a workload owns.
 *
 * @param revision the number its controller gave it, 0 when it has none
 */
public record ReplicaSetSnapshot(
    String name, String uid, String ownerUid, long revision, int desired, PodTemplate template) {}
