package dev.reprise.workload;

/** What a workload's controller keeps of one pod template, and by which it knows its pods. */
public sealed interface Revision permits ReplicaSetSnapshot, ControllerRevisionSnapshot {
  String name();

  String uid();

  /** The workload that controls it; empty when none does. */
  String ownerUid();

  /** The number its controller gave it, 0 when it has none. */
  long number();

  PodTemplate template();

  /** Whether the pod was made from this revision. */
  boolean hasMade(PodSnapshot pod);
}
