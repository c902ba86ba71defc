package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.Disruption;
import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a restart by one strategy would come to, as callers see it. */
@Schema(name = "Plan", description = "What a restart by one of the strategies would come to now")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanResource(
    @Schema(
            description = "What to ask for",
            allowableValues = {"Auto", "NewRevision", "RecreatePods"})
        String strategy,
    @Schema(description = "What would become of the request") Verdict verdict,
    @Schema(description = "Why there is nothing to restart; absent otherwise")
        @Nullable String message,
    @Schema(
            description =
                "What is done to the cluster; there too when the downtime alone is refused",
            allowableValues = {
              "TemplateAnnotation",
              "ReferencedTemplateAnnotation",
              "RestartAt",
              "Eviction"
            })
        @Nullable String mechanism,
    @Schema(
            description = "Why this mechanism; absent where it is",
            example = "A new revision is what kubectl rollout restart makes")
        @Nullable String why,
    @Schema(description = "Whose pods restart; absent where it is the workload asked for")
        @Nullable Followed workload,
    @Schema(description = "What it costs; absent where 'mechanism' is") @Nullable Costs disruption,
    @Schema(
            description =
                "The finding because of which it won't come to its end by itself; absent where"
                    + " nothing stands in its way",
            example = "BudgetBlocksEviction")
        @Nullable String obstacle,
    @Schema(description = "What there is to remark, and what to do about it") List<Remark> findings,
    @Schema(description = "What to ask for instead, the gentlest first; absent unless refused")
        @Nullable List<AlternativeResource> alternatives) {

  /** What would become of a request. */
  enum Verdict {
    Proceed,
    Refused,
    NothingToRestart
  }

  @Schema(name = "FollowedWorkload", description = "The Rollout that refers to a Deployment")
  record Followed(
      @Schema(example = "Rollout") String kind, @Schema(example = "search") String name) {}

  @Schema(name = "Disruption", description = "Pods, with the operands of the sum")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Costs(
      @Schema(description = "Wanted", example = "3") int desired,
      @Schema(description = "Available before the restart", example = "3") int available,
      @Schema(description = "That may run beyond the desired ones", example = "1") int surge,
      @Schema(description = "That may be missing at once", example = "0") int unavailable,
      @Schema(
              description =
                  "That disruption budgets let go at once; absent where none has a say, because"
                      + " none is about the pods or none is evicted",
              example = "1")
          @Nullable Integer budget,
      @Schema(description = "The fewest available on the way, at worst", example = "3")
          int lowestAvailable,
      @Schema(
              description = "The same at best: where it differs, the controller decides",
              example = "3")
          int lowestAvailableAtMost,
      @Schema(
              description = "How many times pods are replaced at once; 0 when none can be",
              example = "3")
          int waves) {}

  @Schema(name = "Finding", description = "One remark on a planned restart")
  record Remark(
      @Schema(description = "Never changes its meaning", example = "UpdateUnderWay") String code,
      @Schema(allowableValues = {"Info", "Warning", "Refusal"}) String severity,
      @Schema(description = "A sentence with the object and the numbers") String message,
      @Schema(description = "What can be done about it; may be empty") String nextStep) {}

  /**
   * @param asked the request that the plan is for, which the alternatives vary
   */
  static PlanResource of(StrategyPlan planned, WorkloadRef target, RestartBody asked) {
    Proceed foreseen = planned.foreseen();
    RestartPlan plan = planned.plan();
    return new PlanResource(
        planned.strategy().name(),
        verdict(plan),
        plan instanceof RestartPlan.NothingToRestart(String message) ? message : null,
        foreseen == null ? null : foreseen.mechanism().name(),
        foreseen == null ? null : foreseen.why(),
        foreseen == null || foreseen.workload().equals(target)
            ? null
            : new Followed(foreseen.workload().kind().kind(), foreseen.workload().name()),
        foreseen == null ? null : costs(foreseen.disruption()),
        foreseen == null ? null : obstacle(foreseen),
        plan.findings().stream().map(PlanResource::remark).toList(),
        plan instanceof RestartPlan.Refused refused
            ? AlternativeResource.listed(refused, asked)
            : null);
  }

  static Verdict verdict(RestartPlan plan) {
    return switch (plan) {
      case Proceed _ -> Verdict.Proceed;
      case RestartPlan.Refused _ -> Verdict.Refused;
      case RestartPlan.NothingToRestart _ -> Verdict.NothingToRestart;
    };
  }

  static @Nullable String obstacle(Proceed plan) {
    return plan.obstacle().map(finding -> finding.code().name()).orElse(null);
  }

  static Costs costs(Disruption disruption) {
    return new Costs(
        disruption.desired(),
        disruption.available(),
        disruption.surge(),
        disruption.unavailable(),
        disruption.budget(),
        disruption.lowestAvailable(),
        disruption.lowestAvailableAtMost(),
        disruption.waves());
  }

  static Remark remark(Finding finding) {
    return new Remark(
        finding.code().name(), finding.severity().name(), finding.message(), finding.nextStep());
  }
}
