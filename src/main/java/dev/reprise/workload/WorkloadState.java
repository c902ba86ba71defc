package dev.reprise.workload;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A workload with what it owns.
 *
 * @param revisions the ReplicaSets or ControllerRevisions that it controls
 * @param pods its pods, terminating ones included, also those whose ReplicaSet is already gone
 *     (with a short revision history that happens before the last of them has ended)
 * @param budgets the disruption budgets that are about pods of it
 * @param references the other end of {@code workloadRef}
 * @param failedCreate why its controller last could not create a pod; null where nothing is known
 *     of that, as always where ReplicaSets create them
 */
public record WorkloadState(
    WorkloadSnapshot workload,
    List<Revision> revisions,
    List<PodSnapshot> pods,
    List<BudgetSnapshot> budgets,
    References references,
    @Nullable FailedCreate failedCreate) {

  public WorkloadState {
    revisions = List.copyOf(revisions);
    pods = List.copyOf(pods);
    budgets = List.copyOf(budgets);
  }

  /** One of which nobody has looked at budgets and references. */
  public WorkloadState(
      WorkloadSnapshot workload, List<Revision> revisions, List<PodSnapshot> pods) {
    this(workload, revisions, pods, List.of(), References.NONE);
  }

  /** One of which no pod is known that could not be created. */
  public WorkloadState(
      WorkloadSnapshot workload,
      List<Revision> revisions,
      List<PodSnapshot> pods,
      List<BudgetSnapshot> budgets,
      References references) {
    this(workload, revisions, pods, budgets, references, null);
  }

  /** The same, with those of the budgets that are about pods of the workload. */
  public WorkloadState with(List<BudgetSnapshot> all) {
    List<Map<String, String>> labels =
        Stream.concat(Stream.of(podTemplate()), revisions.stream().map(Revision::template))
            .map(PodTemplate::labels)
            .filter(some -> !some.isEmpty())
            .distinct()
            .toList();
    return new WorkloadState(
        workload,
        revisions,
        pods,
        all.stream().filter(budget -> labels.stream().anyMatch(budget.pods()::matches)).toList(),
        references,
        failedCreate);
  }

  /** The same with these references. */
  public WorkloadState with(References known) {
    return new WorkloadState(workload, revisions, pods, budgets, known, failedCreate);
  }

  /** The same with what is known of a pod that could not be created. */
  public WorkloadState with(@Nullable FailedCreate known) {
    return new WorkloadState(workload, revisions, pods, budgets, references, known);
  }

  /**
   * Whether the controller of a StatefulSet or a DaemonSet has pods to create. By the pods alone it
   * would be so in every restart: between the end of one and the coming of the next there is one
   * less for a moment. Its own count shows that only where it lasts.
   */
  public boolean isShortOfPods() {
    return switch (workload) {
      // It is their ReplicaSets that create pods.
      case DeploymentSnapshot _, ArgoRolloutSnapshot _ -> false;
      case StatefulSetSnapshot _ -> hasTooFewPods();
      // With a surge, the new pod comes while the old one is still there.
      case DaemonSetSnapshot set ->
          hasTooFewPods() || (set.surge() > 0 && set.counts().updated() < set.desired());
    };
  }

  private boolean hasTooFewPods() {
    long there = pods.stream().filter(pod -> !pod.ended()).count();
    return Math.max(there, workload.counts().total()) < workload.desired();
  }

  /**
   * The object whose spec a restart by this mechanism changes: the workload itself, or the
   * Deployment that it refers to; null when there is no such Deployment.
   */
  public @Nullable WorkloadSnapshot written(Mechanism mechanism) {
    return switch (mechanism) {
      case TemplateAnnotation, RestartAt, Eviction -> workload;
      case ReferencedTemplateAnnotation -> references.referenced();
    };
  }

  /** {@link WorkloadSnapshot#templateHash} of {@link #written}. */
  public String templateHash(Mechanism mechanism) {
    WorkloadSnapshot written = written(mechanism);
    return written == null ? "" : written.templateHash(mechanism);
  }

  /** The pod template, be it another object's. */
  public PodTemplate podTemplate() {
    DeploymentSnapshot referenced = references.referenced();
    return referenced == null ? workload.template() : referenced.template();
  }

  /**
   * Whether Argo's controller would evict a pod of this Rollout now. It counts pods of all
   * ReplicaSets, and goes by what these ask for where that is more than the Rollout does, as in the
   * midst of a canary ({@code canRestart} in rollout/restart.go).
   */
  public boolean canArgoEvict(ArgoRolloutSnapshot rollout) {
    return availablePods() > leastBeforeRestartAt(rollout);
  }

  /** As many must be available for Argo's controller to evict no more. */
  public int leastBeforeRestartAt(ArgoRolloutSnapshot rollout) {
    return Math.max(rollout.desired(), replicasAskedFor()) - rollout.mayBeMissing();
  }

  /** Pods that are ready and not on their way out; as the status has it where none are known. */
  public int availablePods() {
    return pods.isEmpty() ? workload.counts().available() : servingPods();
  }

  /**
   * Pods that are certainly available. They show a dip at once, and the status knows {@code
   * minReadySeconds}: the lower one is the truth.
   */
  public int certainlyAvailable() {
    return Math.min(workload.counts().available(), servingPods());
  }

  private int servingPods() {
    return Math.toIntExact(pods.stream().filter(PodSnapshot::serves).count());
  }

  /** What its ReplicaSets ask for together; 0 where none are known. */
  public int replicasAskedFor() {
    return revisions.stream()
        .mapToInt(revision ->
            switch (revision) {
              case ReplicaSetSnapshot replicaSet -> replicaSet.desired();
              case ControllerRevisionSnapshot _ -> 0;
            })
        .sum();
  }

  /** The creation time of the newest pod; empty when there is none. */
  public Optional<Instant> newestPod() {
    return pods.stream().map(PodSnapshot::createdAt).max(Comparator.naturalOrder());
  }

  /** The revision made from the template with this hash. */
  public Optional<Revision> revisionOf(String templateHash) {
    return revisions.stream()
        .filter(revision -> revision.template().hash().equals(templateHash))
        .findFirst();
  }

  /** Those made from a template with the trigger's value, the earliest first. */
  public List<Revision> revisionsWith(Trigger trigger) {
    return revisions.stream()
        .filter(revision -> trigger.isIn(revision.template()))
        .sorted(Comparator.comparingLong(Revision::number))
        .toList();
  }

  /** The highest number among the revisions; 0 when none has one. */
  public long highestRevision() {
    return revisions.stream().mapToLong(Revision::number).max().orElse(0);
  }
}
