package dev.reprise.workload;

import java.util.List;

/** A Deployment. */
public record DeploymentSnapshot(
    WorkloadMetadata metadata,
    int desired,
    ReplicaCounts counts,
    UpdateStrategy strategy,
    boolean paused,
    PodTemplate template,
    List<Condition> conditions)
    implements WorkloadSnapshot {

  public DeploymentSnapshot {
    conditions = List.copyOf(conditions);
  }
}
