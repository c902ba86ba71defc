package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.restart.DryRun;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.RestartKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a request would come to, as callers see it. */
@Schema(name = "DryRun", description = "What a request would come to now; nothing was changed")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DryRunResource(
    @Schema(
            description =
                "Refused by the plan, by the API server, or because another restart is under way")
        PlanResource.Verdict verdict,
    @Schema(description = "The same in a sentence, with the reason", example = "It would begin")
        String message,
    @Schema(description = "The restart of the workload that is under way; absent otherwise")
        @Nullable String busyWith,
    PlanResource plan,
    @Schema(
            description =
                "What would be sent to the API server, in order, and what it says of each; none"
                    + " where the plan refuses. Of evictions the first few")
        List<Request> requests,
    @Schema(
            description =
                "The pods that would be evicted, in order; absent where none would be by Reprise")
        @Nullable List<String> pods) {

  @Schema(name = "DryRunRequest", description = "One request, sent as a dry run")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Request(
      @Schema(
              allowableValues = {"create", "patch"},
              example = "patch")
          String verb,
      @Schema(example = "deployments.apps demo/checkout") String object,
      @Schema(description = "Of a patch, a JSON merge patch", implementation = Object.class)
          JsonNode body,
      @Schema(
              description =
                  "NotNow: a disruption budget has no room now, and the restart would wait."
                      + " NotChecked: there was no verdict, for instance because an admission"
                      + " webhook does not support dry runs",
              allowableValues = {"Accepted", "Refused", "NotNow", "NotChecked"})
          String verdict,
      @Schema(description = "What the API server said; absent when it accepted")
          @Nullable String message) {

    private static Request of(DryRunRequest request) {
      return new Request(
          request.verb(),
          request.object(),
          JsonMapper.shared().readTree(request.body()),
          request.verdict().name(),
          request.message().isEmpty() ? null : request.message());
    }
  }

  static DryRunResource of(DryRun dryRun, RestartBody asked) {
    return new DryRunResource(
        verdict(dryRun),
        message(dryRun),
        dryRun.busyWith() == null ? null : dryRun.busyWith().name(),
        PlanResource.of(dryRun.plan(), dryRun.request().target(), asked),
        dryRun.requests().stream().map(Request::of).toList(),
        dryRun.pods().isEmpty() ? null : dryRun.pods());
  }

  private static PlanResource.Verdict verdict(DryRun dryRun) {
    if (!dryRun.wouldBegin()) {
      return PlanResource.Verdict.Refused;
    }
    return dryRun.isRefusedForNow()
        ? PlanResource.Verdict.Proceed
        : PlanResource.verdict(dryRun.plan().plan());
  }

  /** Why it would be refused, in the order in which the request itself would meet it. */
  private static String message(DryRun dryRun) {
    if (dryRun.cooling() != null) {
      return CooldownProblem.message(dryRun.cooling());
    }
    if (dryRun.refusal().isPresent()) {
      return dryRun.refusal().get().refusal().message();
    }
    if (dryRun.inTheWay().isPresent()) {
      return "The workload is being restarted by " + dryRun.inTheWay().get().name();
    }
    if (dryRun.refused().isPresent()) {
      return refusedByServer(dryRun.refused().get());
    }
    String begin = "It would begin" + turn(dryRun);
    return switch (dryRun.plan().plan()) {
      case RestartPlan.NothingToRestart(String message) -> message;
      case RestartPlan.Refused _ -> begin;
      case Proceed proceed ->
          proceed
              .obstacle()
              .map(Finding::message)
              .map(obstacle -> "%s, and then wait: %s".formatted(begin, obstacle))
              .orElse(begin);
    };
  }

  /** When it would begin, where another restart is under way and it is not turned away for that. */
  static String turn(DryRun dryRun) {
    RestartKey other = dryRun.busyWith();
    if (other == null) {
      return "";
    }
    return switch (dryRun.request().whenBusy()) {
      case Reject, Wait -> " when %s has ended".formatted(other.name());
      case Join -> " when %s has ended, or share one that waits".formatted(other.name());
      case Supersede -> " in place of " + other.name();
    };
  }

  private static String refusedByServer(DryRunRequest refused) {
    return "The API server would refuse to %s %s: %s"
        .formatted(refused.verb(), refused.object(), refused.message());
  }
}
