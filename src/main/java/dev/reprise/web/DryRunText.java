package dev.reprise.web;

import dev.reprise.plan.Disruption;
import dev.reprise.plan.RestartPlan.Alternative;
import dev.reprise.plan.RestartPlan.NothingToRestart;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.RestartPlan.Refused;
import dev.reprise.restart.DryRun;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.HarmlessText;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What a request would come to, as a person reads it on a terminal. */
final class DryRunText {

  private final StringBuilder text = new StringBuilder();

  private DryRunText() {}

  static String of(DryRun dryRun, RestartBody asked) {
    DryRunText page = new DryRunText();
    page.write(dryRun, asked);
    return page.text.toString();
  }

  private void write(DryRun dryRun, RestartBody asked) {
    line("Dry run", "nothing was changed");
    line("Workload", dryRun.request().target().toString());
    line("Verdict", verdict(dryRun));
    line("Strategy", dryRun.plan().strategy().name());
    Proceed foreseen = dryRun.plan().foreseen();
    if (foreseen != null) {
      writePlan(foreseen);
    }
    writeRequests(dryRun.requests());
    writePods(dryRun.pods());
    text.append(PlanText.findings(List.of(dryRun.plan())));
    dryRun.refusal().ifPresent(refused -> writeAlternatives(refused.alternatives(), asked));
  }

  private static String verdict(DryRun dryRun) {
    if (dryRun.cooling() != null) {
      return "would be refused: Cooldown, " + CooldownProblem.message(dryRun.cooling());
    }
    if (dryRun.refusal().isPresent()) {
      return "would be refused: " + PlanText.codes(dryRun.refusal().get());
    }
    if (dryRun.inTheWay().isPresent()) {
      return "would be refused: Busy with " + dryRun.inTheWay().get().name();
    }
    if (dryRun.refused().isPresent()) {
      return "would be refused by the API server, see below";
    }
    String begin = "would begin" + DryRunResource.turn(dryRun);
    return switch (dryRun.plan().plan()) {
      case NothingToRestart(String message) -> "would do nothing: " + message;
      case Refused _ -> begin;
      case Proceed proceed ->
          proceed
              .obstacle()
              .map(obstacle -> "%s, then wait: %s".formatted(begin, obstacle.code()))
              .orElse(begin);
    };
  }

  private void writePlan(Proceed plan) {
    Disruption disruption = plan.disruption();
    line(
        "Mechanism",
        "%s, %s"
            .formatted(
                plan.mechanism(),
                PlanText.makesRevision(plan.mechanism()) ? "a new revision" : "no new revision"));
    line("", plan.why());
    line(
        "Available",
        "%d of %d now, %s at the lowest"
            .formatted(disruption.available(), disruption.desired(), PlanText.lowest(disruption)));
    line(
        "",
        "%d may be missing at once, %d run beyond; %d %s"
            .formatted(
                disruption.unavailable(),
                disruption.surge(),
                disruption.waves(),
                disruption.waves() == 1 ? "wave" : "waves"));
  }

  /** With the bodies of patches; the others are as long as they are dull. */
  private void writeRequests(List<DryRunRequest> requests) {
    text.append(requests.isEmpty() ? "" : "\nWhat the API server says\n");
    for (DryRunRequest request : requests) {
      text.append(
          HarmlessText.of(
              "  %-11s%s %s".formatted(request.verdict(), request.verb(), request.object())));
      text.append('\n');
      writeBelow(request.verb().equals("patch") ? request.body() : "");
      writeBelow(request.message());
    }
  }

  private void writeBelow(String what) {
    if (!what.isEmpty()) {
      text.append(" ".repeat(13)).append(HarmlessText.of(what)).append('\n');
    }
  }

  private void writePods(List<String> pods) {
    if (!pods.isEmpty()) {
      text.append("\nPods in the order of their eviction\n")
          .append(PlainText.paragraph(String.join(", ", pods)));
    }
  }

  private void writeAlternatives(List<Alternative> alternatives, RestartBody asked) {
    for (Alternative alternative : alternatives) {
      text.append('\n')
          .append(
              "Instead: %s, %s available at the lowest\n  "
                  .formatted(
                      alternative.plan().mechanism(),
                      PlanText.lowest(alternative.plan().disruption())))
          .append(HarmlessText.of(JsonMapper.shared().writeValueAsString(asked.with(alternative))))
          .append('\n');
    }
  }

  private void line(String name, String value) {
    text.append(PlainText.field(name, value));
  }
}
