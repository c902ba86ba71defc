package dev.reprise.workload;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A workload with what it owns.
 *
 * @param revisions the ReplicaSets or ControllerRevisions that it controls
 * @param pods its pods, terminating ones included, also those whose ReplicaSet is already gone
 *     (with a short revision history that happens before the last of them has ended)
 * @param budgets the disruption budgets that are about pods of it
 */
public record WorkloadState(
    WorkloadSnapshot workload,
    List<Revision> revisions,
    List<PodSnapshot> pods,
    List<BudgetSnapshot> budgets) {

  public WorkloadState {
    revisions = List.copyOf(revisions);
    pods = List.copyOf(pods);
    budgets = List.copyOf(budgets);
  }

  /** One whose budgets nobody has looked at. */
  public WorkloadState(
      WorkloadSnapshot workload, List<Revision> revisions, List<PodSnapshot> pods) {
    this(workload, revisions, pods, List.of());
  }

  /** The same, with those of the budgets that are about pods of the workload. */
  public WorkloadState with(List<BudgetSnapshot> all) {
    List<Map<String, String>> labels =
        Stream.concat(Stream.of(workload.template()), revisions.stream().map(Revision::template))
            .map(PodTemplate::labels)
            .filter(some -> !some.isEmpty())
            .distinct()
            .toList();
    return new WorkloadState(
        workload,
        revisions,
        pods,
        all.stream().filter(budget -> labels.stream().anyMatch(budget.pods()::matches)).toList());
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

  /** The highest number among the revisions; 0 when none has one. */
  public long highestRevision() {
    return revisions.stream().mapToLong(Revision::number).max().orElse(0);
  }
}
