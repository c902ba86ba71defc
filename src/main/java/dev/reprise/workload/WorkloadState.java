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
 */
public record WorkloadState(
    WorkloadSnapshot workload,
    List<Revision> revisions,
    List<PodSnapshot> pods,
    List<BudgetSnapshot> budgets,
    References references) {

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
        references);
  }

  /** The same with these references. */
  public WorkloadState with(References known) {
    return new WorkloadState(workload, revisions, pods, budgets, known);
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
