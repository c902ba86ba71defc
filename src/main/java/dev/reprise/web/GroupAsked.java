package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.restart.GroupSpec;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadSelection.All;
import dev.reprise.workload.WorkloadSelection.Labels;
import dev.reprise.workload.WorkloadSelection.Uses;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked for of a group, as callers see it. */
@Schema(name = "RestartGroupAsked", description = "The request, with what was left out filled in")
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupAsked(
    @Schema(description = "Absent when every kind is meant") @Nullable List<String> kind,
    @Nullable String selector,
    @Nullable UsesBody uses,
    @Nullable Boolean all,
    String strategy,
    @Nullable String reason,
    boolean acceptDowntime,
    String whenBusy,
    @Nullable Instant notBefore,
    @Schema(example = "PT1H") String timeout,
    int maxParallel,
    String onFailure,
    boolean skipRefused) {

  static GroupAsked of(GroupSpec spec) {
    List<String> kinds =
        spec.selection().kinds().stream().sorted().map(WorkloadKind::kind).toList();
    return new GroupAsked(
        kinds.isEmpty() ? null : kinds,
        spec.selection().by() instanceof Labels(String text, _) ? text : null,
        spec.selection().by() instanceof Uses(ConfigReference reference) ? uses(reference) : null,
        spec.selection().by() instanceof All() ? true : null,
        spec.strategy().name(),
        spec.reason(),
        spec.acceptDowntime(),
        spec.whenBusy().name(),
        spec.notBefore(),
        spec.timeout().toString(),
        spec.maxParallel(),
        spec.onFailure().name(),
        spec.skipRefused());
  }

  private static UsesBody uses(ConfigReference reference) {
    return switch (reference.kind()) {
      case ConfigMap -> new UsesBody(reference.name(), null);
      case Secret -> new UsesBody(null, reference.name());
    };
  }
}
