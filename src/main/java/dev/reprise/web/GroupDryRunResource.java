package dev.reprise.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reprise.plan.GroupPlan;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.restart.GroupDryRun;
import dev.reprise.restart.GroupObstacle;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.Restart;
import dev.reprise.workload.WorkloadRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request for a group would come to, as callers see it. */
@Schema(
    name = "GroupDryRun",
    description = "What a request for a group would come to now; nothing was changed")
@JsonInclude(JsonInclude.Include.NON_NULL)
record GroupDryRunResource(
    @Schema(allowableValues = {"Proceed", "Refused", "NothingToRestart"}) String verdict,
    @Schema(description = "The same in a sentence", example = "12 workloads would restart")
        String message,
    @Schema(description = "Restarts of members that are under way") List<String> busyWith,
    @Schema(description = "Every workload that is selected, with its plan") List<Member> members) {

  @Schema(name = "GroupDryRunMember")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Member(
      @Schema(example = "Deployment") String kind,
      @Schema(example = "checkout") String name,
      @Schema(
              description = "NothingToRestart: it would be left out",
              allowableValues = {"Proceed", "Refused", "Skipped"})
          String verdict,
      @Schema(description = "Why it is refused or left out; absent otherwise")
          @Nullable String reason,
      @Schema(description = "The same in a sentence; absent otherwise") @Nullable String message,
      @Schema(description = "What would be done; absent where nothing would be")
          @Nullable String mechanism,
      @Schema(description = "What it costs; absent where nothing would be done")
          PlanResource.@Nullable Costs disruption,
      @Schema(description = "Findings of its plan; absent where nothing would be done")
          @Nullable List<PlanResource.Remark> findings,
      @Schema(
              description =
                  "Disruption budgets that it shares with other members, so that they take turns")
          @Nullable List<String> sharedBudgets) {}

  static GroupDryRunResource of(GroupDryRun dryRun) {
    GroupPlan plan = dryRun.plan();
    return new GroupDryRunResource(
        verdict(dryRun),
        message(dryRun),
        dryRun.busy().stream().map(restart -> restart.key().name()).toList(),
        Stream.of(
                plan.refused().stream().map(GroupDryRunResource::refused),
                plan.members().stream().map(GroupDryRunResource::member),
                plan.skipped().stream().map(GroupDryRunResource::skipped))
            .flatMap(members -> members)
            .toList());
  }

  private static String verdict(GroupDryRun dryRun) {
    if (dryRun.obstacle().isPresent() || refusedByServer(dryRun).isPresent()) {
      return "Refused";
    }
    return dryRun.plan().members().isEmpty() ? "NothingToRestart" : "Proceed";
  }

  private static Optional<DryRunRequest> refusedByServer(GroupDryRun dryRun) {
    return Optional.ofNullable(dryRun.create())
        .filter(create -> create.verdict() == Verdict.Refused);
  }

  static String message(GroupDryRun dryRun) {
    GroupPlan plan = dryRun.plan();
    if (dryRun.obstacle().isPresent()) {
      return message(dryRun.obstacle().get());
    }
    return refusedByServer(dryRun)
        .map(refused -> "The API server would refuse to record it: " + refused.message())
        .orElseGet(() ->
            "%d workloads would restart, %d at once; %d would be left out"
                .formatted(
                    plan.members().size(),
                    Math.min(dryRun.request().asked().maxParallel(), plan.members().size()),
                    plan.skipped().size()));
  }

  private static String message(GroupObstacle obstacle) {
    return switch (obstacle) {
      case GroupObstacle.Refused(GroupPlan plan) ->
          "%d of %d workloads would be refused, and so the whole group; skipRefused leaves them out"
              .formatted(plan.refused().size(), plan.size());
      case GroupObstacle.Busy(List<Restart> others) ->
          "Workloads that are being restarted already: %d".formatted(others.size());
      case GroupObstacle.CoolingDown(var cooling) -> CooldownProblem.message(cooling);
      case GroupObstacle.NothingSelected(var selection) ->
          "Nothing is selected by " + selection.words();
      case GroupObstacle.TooMany(int selected) ->
          "%d workloads are selected, and a group has at most %d members"
              .formatted(selected, GroupSpec.MOST_MEMBERS);
    };
  }

  private static Member member(GroupPlan.Member member) {
    Proceed plan = member.plan();
    return new Member(
        member.target().kind().kind(),
        member.target().name(),
        "Proceed",
        null,
        null,
        plan.mechanism().name(),
        PlanResource.costs(plan.disruption()),
        plan.findings().stream().map(PlanResource::remark).toList(),
        member.sharedBudgets().isEmpty() ? null : member.sharedBudgets());
  }

  private static Member refused(GroupPlan.Refused refused) {
    return left(
        refused.target(),
        "Refused",
        refused.plan().refusal().code().name(),
        refused.plan().refusal().message());
  }

  private static Member skipped(GroupPlan.Skipped skipped) {
    return left(skipped.target(), "Skipped", skipped.reason(), skipped.message());
  }

  private static Member left(WorkloadRef target, String verdict, String reason, String message) {
    return new Member(
        target.kind().kind(), target.name(), verdict, reason, message, null, null, null, null);
  }
}
