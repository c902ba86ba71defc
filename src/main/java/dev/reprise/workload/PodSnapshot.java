package dev.reprise.workload;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pod of a workload.
 *
 * @param ownerUid of the ReplicaSet that controls it
 * @param ownerName of the ReplicaSet that controls it
 * @param ready whether its condition Ready is true
 * @param unschedulable why no node takes it, or null when one did or none was looked for yet
 * @param waiting its containers that wait and therefore don't run
 */
public record PodSnapshot(
    String name,
    String uid,
    String ownerUid,
    String ownerName,
    Instant createdAt,
    boolean terminating,
    boolean ready,
    @Nullable String unschedulable,
    List<WaitingContainer> waiting) {

  public PodSnapshot {
    waiting = List.copyOf(waiting);
  }

  /** A container that doesn't run, with the kubelet's reason, for instance CrashLoopBackOff. */
  public record WaitingContainer(String name, String reason, String message) {}
}
