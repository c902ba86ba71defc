package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.plan.Surroundings.VolumeClaim;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.stream.Stream;

/** What around a workload bears on its restart. */
final class SurroundingFindings {

  private SurroundingFindings() {}

  static Stream<Finding> of(
      Mechanism mechanism, WorkloadState state, Disruption disruption, Surroundings around) {
    return Stream.of(
            switch (mechanism) {
              case TemplateAnnotation, ReferencedTemplateAnnotation ->
                  ofNewRevision(disruption.surge(), state, around);
              case RestartAt, Eviction -> Stream.<Finding>of();
            },
            autoscaled(state.workload(), around),
            readiness(state),
            notChecked(around))
        .flatMap(findings -> findings);
  }

  private static Stream<Finding> ofNewRevision(
      int surge, WorkloadState state, Surroundings around) {
    WorkloadSnapshot workload = state.workload();
    Stream<Finding> flagger =
        around.flaggerCanaries().stream()
            .map(canary ->
                Finding.warning(
                    Code.FlaggerCanary,
                    "Flagger's Canary %s targets %s: a new revision starts its analysis"
                        .formatted(canary, workload.ref()),
                    "Expect Flagger to roll it out, or back"));
    return surge == 0
        ? flagger
        : Stream.of(flagger, quotas(surge, workload, around), volumes(workload, around))
            .flatMap(findings -> findings);
  }

  private static Stream<Finding> quotas(int surge, WorkloadSnapshot workload, Surroundings around) {
    return around.quotas().stream()
        .filter(quota -> quota.stops(surge))
        .map(quota ->
            Finding.warning(
                Code.QuotaMayStopSurge,
                "ResourceQuota %s has no room of %s for up to %d pods more of %s"
                    .formatted(quota.name(), quota.resource(), surge, workload.ref()),
                "kubectl describe resourcequota %s -n %s"
                    .formatted(quota.name(), workload.ref().namespace())));
  }

  /** The new pod runs beside the old one, maybe on another node. */
  private static Stream<Finding> volumes(WorkloadSnapshot workload, Surroundings around) {
    return around.volumeClaims().stream().map(claim -> volume(claim, workload));
  }

  private static Finding volume(VolumeClaim claim, WorkloadSnapshot workload) {
    return Finding.warning(
        Code.SingleNodeVolume,
        "The pods of %s mount PersistentVolumeClaim %s, which is %s: a new pod may have to wait for an old one to end"
            .formatted(workload.ref(), claim.name(), claim.accessMode()),
        "Ask for strategy RecreatePods if the new pod does not start");
  }

  private static Stream<Finding> autoscaled(WorkloadSnapshot workload, Surroundings around) {
    return around.autoscalers().stream()
        .map(autoscaler ->
            Finding.info(
                Code.Autoscaled,
                "HorizontalPodAutoscaler %s scales %s between %d and %d, during the restart too"
                    .formatted(
                        autoscaler.name(),
                        workload.ref(),
                        autoscaler.minReplicas(),
                        autoscaler.maxReplicas())));
  }

  private static Stream<Finding> readiness(WorkloadState state) {
    return state.podTemplate().tellsReadiness()
        ? Stream.of()
        : Stream.of(
            Finding.info(
                Code.NoReadinessProbe,
                "Not every container of %s has a readiness probe: its pods count as available as soon as they run"
                    .formatted(state.workload().ref())));
  }

  private static Stream<Finding> notChecked(Surroundings around) {
    return around.notChecked().stream()
        .map(unknown ->
            Finding.info(
                Code.NotChecked,
                "The %s were not checked: %s".formatted(unknown.what(), unknown.why())));
  }
}
