package dev.reprise.web;

import dev.reprise.plan.Disruption;
import dev.reprise.plan.RestartPlan.Alternative;
import dev.reprise.plan.RestartPlan.NothingToRestart;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.RestartPlan.Refused;
import dev.reprise.restart.DryRun;
import dev.reprise.restart.DryRunRequest;
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
    if (dryRun.plan().plan() instanceof Refused refused) {
      writeAlternatives(refused.alternatives(), asked);
    }
  }

  private static String verdict(DryRun dryRun) {
    return switch (dryRun.plan().plan()) {
      case Refused refused -> "would be refused: " + PlanText.codes(refused);
      case NothingToRestart _, Proceed _ when dryRun.inTheWay().isPresent() ->
          "would be refused: Busy with " + dryRun.inTheWay().get().name();
      case NothingToRestart _, Proceed _ when dryRun.refused().isPresent() ->
          "would be refused by the API server, see below";
      case NothingToRestart(String message) -> "would do nothing: " + message;
      case Proceed proceed ->
          proceed
              .obstacle()
              .map(obstacle -> "would begin, then wait: " + obstacle.code())
              .orElse("would begin");
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
    text.append(requests.isEmpty() ? "" : "\nThe API server says of\n");
    for (DryRunRequest request : requests) {
      text.append(
          PlainText.harmless(
              "  %-11s%s %s".formatted(request.verdict(), request.verb(), request.object())));
      text.append('\n');
      writeBelow(request.verb().equals("patch") ? request.body() : "");
      writeBelow(request.message());
    }
  }

  private void writeBelow(String what) {
    if (!what.isEmpty()) {
      text.append(" ".repeat(13)).append(PlainText.harmless(what)).append('\n');
    }
  }

  private void writePods(List<String> pods) {
    if (!pods.isEmpty()) {
      text.append("\nEvicted in this order\n").append(PlainText.paragraph(String.join(", ", pods)));
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
          .append(
              PlainText.harmless(JsonMapper.shared().writeValueAsString(asked.with(alternative))))
          .append('\n');
    }
  }

  private void line(String name, String value) {
    text.append(PlainText.field(name, value));
  }
}
