package dev.reprise.workload;

/** What is done to the cluster in order to restart a workload. */
public enum Mechanism {
  /** The standard annotation on the workload's pod template: a new revision, rolled out. */
  TemplateAnnotation,
  /** Argo's {@code spec.restartAt}: its controller evicts the pods within the same ReplicaSet. */
  RestartAt
}
