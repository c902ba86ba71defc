package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.RestartPolicy;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Objects;
import java.util.stream.Stream;

/** What the owners of all that a restart concerns have said of it. */
final class PolicyFindings {

  private PolicyFindings() {}

  static Stream<Finding> of(Mechanism mechanism, WorkloadState state) {
    return Stream.concat(
            Stream.of(state.workload(), state.references().referenced()).filter(Objects::nonNull),
            alsoRestarting(mechanism, state))
        .filter(workload -> workload.metadata().restartPolicy() == RestartPolicy.Deny)
        .map(PolicyFindings::denied);
  }

  /** Rollouts that share the pod template which is changed. */
  private static Stream<ArgoRolloutSnapshot> alsoRestarting(
      Mechanism mechanism, WorkloadState state) {
    return switch (mechanism) {
      case ReferencedTemplateAnnotation -> state.references().referring().stream();
      case TemplateAnnotation, RestartAt, Eviction -> Stream.of();
    };
  }

  private static Finding denied(WorkloadSnapshot workload) {
    return Finding.refusal(
        Code.RestartDenied,
        "The owner of %s denies restarts by its annotation %s"
            .formatted(workload.ref(), RestartPolicy.ANNOTATION),
        "kubectl annotate %s %s-".formatted(workload.ref().forKubectl(), RestartPolicy.ANNOTATION));
  }
}
