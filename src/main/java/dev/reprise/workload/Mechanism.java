package dev.reprise.workload;

/** What is done to the cluster in order to restart a workload. */
public enum Mechanism {
  /** The standard annotation on the workload's pod template: a new revision, rolled out. */
  TemplateAnnotation,
  /**
   * The same on the pod template of the Deployment that an Argo Rollout's {@code workloadRef}
   * names: a new revision of the Rollout. The Rollout's own template must stay empty.
   */
  ReferencedTemplateAnnotation,
  /** Argo's {@code spec.restartAt}: its controller evicts the pods within the same ReplicaSet. */
  RestartAt,
  /** We evict the pods ourselves, and their controller makes new ones of the same revision. */
  Eviction
}
