package dev.reprise.workload;

/**
 * Where an Argo Rollout takes its pod template from, {@code spec.workloadRef}.
 *
 * @param kind Deployment, ReplicaSet or PodTemplate
 * @param observedGeneration the generation of that object whose template the controller has taken
 *     and whose rollout the Rollout's status tells of ({@code status.workloadObservedGeneration});
 *     0 when it tells none. The annotation {@code rollout.argoproj.io/workload-generation} only
 *     wakes the controller, and is behind or ahead of it
 */
public record TemplateReference(String kind, String name, long observedGeneration) {

  /** Whether the Rollout's status tells of this generation of the referenced object, or a later. */
  public boolean hasObserved(long wanted) {
    return observedGeneration >= wanted;
  }

  public boolean isToDeployment() {
    return kind.equals("Deployment");
  }
}
