package dev.reprise.cluster;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.List;

/** All workloads of a namespace with what they own, as the watches have them. */
final class NamespaceStates {

  /** A list of ten thousand pods takes a few seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final WorkloadWatches watches;

  NamespaceStates(WorkloadWatches watches) {
    this.watches = watches;
  }

  /**
   * Waits until what they own is listed; then it stays under watch for a while, since whoever looks
   * at a namespace mostly goes on with it.
   *
   * @throws ClusterUnavailable when that takes too long
   */
  List<WorkloadState> in(String namespace) {
    NamespaceWatch owned = watches.acquire(namespace);
    try {
      if (!owned.awaitSynced(LONGEST_WAIT)) {
        throw new ClusterUnavailable(
            "The pods of namespace %s have not been listed yet".formatted(namespace),
            false,
            Duration.ofSeconds(2),
            null);
      }
      List<BudgetSnapshot> budgets = watches.budgets(namespace);
      return watches.inNamespace(namespace).stream()
          .map(workload -> stateOf(workload, owned).with(budgets))
          .toList();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailable("Interrupted while waiting", false, null, interrupted);
    } finally {
      watches.release(namespace);
    }
  }

  private WorkloadState stateOf(WorkloadSnapshot workload, NamespaceWatch owned) {
    TemplateReferences references = watches.references();
    return owned.stateOf(workload).with(references.of(workload, references::referenced));
  }
}
