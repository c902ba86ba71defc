package dev.reprise.workload;

/**
 * Where an Argo Rollout takes its pod template from, {@code spec.workloadRef}.
 *
 * @param kind Deployment, ReplicaSet or PodTemplate
 * @param generation the generation of that object that the controller has taken the template from
 *     (annotation {@code rollout.argoproj.io/workload-generation}); 0 when it tells none
 * @param observedGeneration {@code status.workloadObservedGeneration}; 0 when it tells none
 */
public record TemplateReference(
    String kind, String name, long generation, long observedGeneration) {

  /** Whether the Rollout's status tells of this generation of the referenced object, or a later. */
  public boolean hasObserved(long wanted) {
    return generation >= wanted && observedGeneration >= wanted;
  }

  public boolean isToDeployment() {
    return kind.equals("Deployment");
  }
}
