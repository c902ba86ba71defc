package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Condition;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to remark on a workload before it is restarted by one of the mechanisms. */
final class Findings {

  private Findings() {}

  /** All of them, the most telling first. */
  static List<Finding> of(
      Mechanism mechanism, WorkloadState state, Disruption disruption, Surroundings around) {
    return Stream.of(
            PolicyFindings.of(mechanism, state),
            invalidSpec(state.workload()).stream(),
            ReferenceFindings.missing(state.workload(), state.references()).stream(),
            AnnotationFindings.of(mechanism, state),
            switch (mechanism) {
              case TemplateAnnotation, ReferencedTemplateAnnotation ->
                  NewRevisionFindings.of(state);
              case RestartAt, Eviction -> EvictionFindings.of(mechanism, state);
            },
            ManagedByFindings.of(mechanism, state.workload()),
            SurroundingFindings.of(mechanism, state, disruption, around))
        .flatMap(findings -> findings)
        .toList();
  }

  static Finding beingDeleted(WorkloadSnapshot workload) {
    return Finding.refusal(Code.BeingDeleted, workload.ref() + " is being deleted", "");
  }

  private static Optional<Finding> invalidSpec(WorkloadSnapshot workload) {
    return workload
        .condition("InvalidSpec")
        .filter(Condition::isTrue)
        .map(condition ->
            Finding.refusal(
                Code.InvalidSpec,
                workload.ref()
                    + " has an invalid spec, so its controller does nothing: "
                    + condition.message(),
                "Mend the spec, then restart"));
  }

  /** Whether the workload's controller is on its way from one revision to another. */
  static boolean isUpdateUnderWay(WorkloadSnapshot workload) {
    if (!workload.metadata().generation().isObserved()) {
      return true;
    }
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
          workload.counts().updated() < workload.toReplace();
      case ArgoRolloutSnapshot rollout -> rollout.update().isUnderWay();
    };
  }
}
