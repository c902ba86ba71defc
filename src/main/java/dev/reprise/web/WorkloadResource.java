package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.Restart;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A workload as callers see it. */
@Schema(name = "Workload", description = "A workload that can be restarted")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkloadResource(
    @Schema(description = "Deployment, StatefulSet, DaemonSet or Rollout", example = "Deployment")
        String kind,
    @Schema(example = "checkout") String name,
    @Schema(example = "demo") String namespace,
    @Schema(description = "The pods wanted; of a DaemonSet one for each node", example = "3")
        int replicas,
    @Schema(description = "The pods available now", example = "3") int available,
    @Schema(
            description = "How it replaces its pods after a change, in words",
            example = "RollingUpdate, maxSurge 25%, maxUnavailable 25%")
        String updateStrategy,
    @Schema(description = "The newest restart of it by this service; absent when none is known")
        @Nullable LastRestart lastRestart,
    @Schema(description = "What else writes to it, and so may undo or repeat a restart")
        List<Managing> managedBy,
    @Schema(description = "What each strategy would do, refuse or cost now; absent in a list")
        @Nullable List<PlanResource> plans,
    @Schema(description = "Where to look next") Links links) {

  @Schema(name = "LastRestart")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LastRestart(
      @Schema(example = "checkout-7k2m9x") String name,
      @Schema(description = "As its leader last recorded it", example = "Succeeded") String phase,
      Instant requestedAt,
      @Schema(description = "Absent while it is under way") @Nullable Instant finishedAt) {}

  @Schema(name = "ManagedBy")
  record Managing(
      @Schema(
              allowableValues = {"ArgoCD", "Flux", "Helm", "Operator", "Reloader"},
              example = "Helm")
          String tool,
      @Schema(
              description =
                  "Of Argo CD's Application, Flux' object, Helm's release or the owner; empty for"
                      + " Reloader",
              example = "shop")
          String name,
      @Schema(description = "What tells it", example = "annotation meta.helm.sh/release-name")
          String toldBy) {}

  @Schema(name = "WorkloadLinks")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Links(String self, @Nullable String lastRestart) {}

  static WorkloadResource of(WorkloadView view) {
    WorkloadSnapshot workload = view.workload();
    Restart last = view.lastRestart();
    return new WorkloadResource(
        workload.ref().kind().kind(),
        workload.ref().name(),
        workload.ref().namespace(),
        workload.desired(),
        workload.counts().available(),
        UpdateWords.of(workload),
        last == null ? null : lastRestart(last),
        workload.metadata().managedBy().stream().map(WorkloadResource::managing).toList(),
        view.plans() == null ? null : plans(workload.ref(), view.plans()),
        new Links(path(workload.ref()), last == null ? null : AnyResource.path(last)));
  }

  private static List<PlanResource> plans(WorkloadRef ref, List<StrategyPlan> plans) {
    return plans.stream()
        .map(planned -> PlanResource.of(planned, ref, RestartBody.of(ref)))
        .toList();
  }

  private static LastRestart lastRestart(Restart restart) {
    return new LastRestart(
        restart.key().name(),
        restart.status().phase().name(),
        restart.requestedAt(),
        restart.status().finishedAt());
  }

  private static Managing managing(ManagedBy managedBy) {
    return new Managing(managedBy.tool().name(), managedBy.name(), managedBy.toldBy());
  }

  private static String path(WorkloadRef ref) {
    return "/namespaces/%s/workloads/%s/%s"
        .formatted(ref.namespace(), ref.kind().kind().toLowerCase(Locale.ROOT), ref.name());
  }
}
