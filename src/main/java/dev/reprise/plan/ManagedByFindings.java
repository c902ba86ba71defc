package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Optional;
import java.util.stream.Stream;

/** Who else writes to a workload, and may undo or repeat a restart (A9). */
final class ManagedByFindings {

  private ManagedByFindings() {}

  static Stream<Finding> of(Mechanism mechanism, WorkloadSnapshot workload) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation, RestartAt ->
          workload.metadata().managedBy().stream()
              .map(managedBy -> of(managedBy, workload))
              .flatMap(Optional::stream);
      // It leaves the spec alone.
      case Eviction -> Stream.of();
    };
  }

  private static Optional<Finding> of(ManagedBy managedBy, WorkloadSnapshot workload) {
    String name = managedBy.name().isEmpty() ? "" : " " + managedBy.name();
    return switch (managedBy.tool()) {
      case ArgoCD, Flux ->
          Optional.of(
              Finding.info(
                  Code.ManagedByGitOps,
                  "%s is managed by %s%s, which leaves the restart's change alone unless told otherwise"
                      .formatted(workload.ref(), managedBy.tool(), name)));
      case Operator ->
          Optional.of(
              Finding.warning(
                  Code.OwnedByOperator,
                  "%s is owned by%s, whose controller may take the restart's change back half-way"
                      .formatted(workload.ref(), name),
                  "Restart the owner by its own means if this one comes to nothing"));
      case Reloader ->
          Optional.of(
              Finding.info(
                  Code.ManagedByReloader,
                  workload.ref()
                      + " is also restarted by Stakater Reloader when its configuration changes"));
      case Helm -> Optional.empty();
    };
  }
}
