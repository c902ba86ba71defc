package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.RestartPlan.Alternative;
import dev.reprise.plan.RestartPlan.Refused;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What could be asked for instead, ready to be sent. */
@Schema(name = "Alternative", description = "Another request, which would be carried out")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AlternativeResource(
    @Schema(description = "The body to send") RestartBody request,
    @Schema(
            description = "What would be done to the cluster; absent for a group",
            example = "RestartAt")
        @Nullable String mechanism,
    @Schema(description = "What it would cost; absent for a group")
        PlanResource.@Nullable Costs disruption,
    @Schema(
            description =
                "The finding because of which it won't come to its end by itself; absent where"
                    + " nothing stands in its way",
            example = "ManualPauseAhead")
        @Nullable String obstacle) {

  /** Another request for a group, whose members each have a plan of their own. */
  static AlternativeResource of(RestartBody request) {
    return new AlternativeResource(request, null, null, null);
  }

  static List<AlternativeResource> listed(Refused plan, RestartBody asked) {
    return plan.alternatives().stream().map(alternative -> of(alternative, asked)).toList();
  }

  private static AlternativeResource of(Alternative alternative, RestartBody asked) {
    return new AlternativeResource(
        asked.with(alternative),
        alternative.plan().mechanism().name(),
        PlanResource.costs(alternative.plan().disruption()),
        PlanResource.obstacle(alternative.plan()));
  }
}
