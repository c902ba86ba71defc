package dev.reprise.web;

import dev.reprise.plan.Disruption;
import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlan.NothingToRestart;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.RestartPlan.Refused;
import dev.reprise.plan.Strategy;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.HarmlessText;
import dev.reprise.workload.Mechanism;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Plans as a person reads them on a terminal. */
final class PlanText {

  private static final List<String> HEAD =
      List.of("STRATEGY", "MECHANISM", "NEW REVISION", "LOWEST AVAILABLE", "WAVES", "VERDICT");

  private static final String NONE = "-";

  private PlanText() {}

  /** The strategies side by side. */
  static String table(List<StrategyPlan> plans) {
    return PlainText.table(HEAD, plans.stream().map(PlanText::row).toList());
  }

  private static List<String> row(StrategyPlan planned) {
    Proceed foreseen = planned.foreseen();
    return foreseen == null
        ? List.of(planned.strategy().name(), NONE, NONE, NONE, NONE, verdict(planned.plan()))
        : List.of(
            planned.strategy().name(),
            foreseen.mechanism().name(),
            makesRevision(foreseen.mechanism()) ? "yes" : "no",
            lowest(foreseen.disruption()),
            "" + foreseen.disruption().waves(),
            verdict(planned.plan()));
  }

  static boolean makesRevision(Mechanism mechanism) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> true;
      case RestartAt, Eviction -> false;
    };
  }

  /** {@code 3 of 4}, or {@code 0-1 of 1} where the controller decides. */
  static String lowest(Disruption disruption) {
    int worst = disruption.lowestAvailable();
    int best = disruption.lowestAvailableAtMost();
    return "%s of %d"
        .formatted(worst == best ? "" + worst : worst + "-" + best, disruption.desired());
  }

  private static String verdict(RestartPlan plan) {
    return switch (plan) {
      case Proceed proceed ->
          proceed
              .obstacle()
              .map(obstacle -> "will wait: " + obstacle.code())
              .orElse("can be restarted");
      case NothingToRestart(String message) -> "nothing to restart: " + message;
      case Refused refused -> "refused: " + codes(refused);
    };
  }

  /** Those of the findings that refuse. */
  static String codes(Refused plan) {
    return plan.findings().stream()
        .filter(Finding::refuses)
        .map(finding -> finding.code().name())
        .collect(Collectors.joining(", "));
  }

  /**
   * Each once, the gravest first, with the strategies that it is about unless it is about all of
   * them.
   */
  static String findings(List<StrategyPlan> plans) {
    Map<Finding, List<Strategy>> strategies = new LinkedHashMap<>();
    for (StrategyPlan planned : plans) {
      for (Finding finding : planned.plan().findings()) {
        strategies.computeIfAbsent(finding, _ -> new ArrayList<>()).add(planned.strategy());
      }
    }
    return strategies.entrySet().stream()
        .sorted(Comparator.comparing(about -> about.getKey().severity(), Comparator.reverseOrder()))
        .map(about ->
            finding(
                about.getKey(),
                about.getValue().size() == plans.size()
                    ? ""
                    : about.getValue().stream()
                        .map(Strategy::name)
                        .collect(Collectors.joining(", ", " (", ")"))))
        .collect(Collectors.joining());
  }

  private static String finding(Finding finding, String about) {
    String head =
        "\n%s: %s%s\n%s"
            .formatted(
                finding.severity(), finding.code(), about, PlainText.paragraph(finding.message()));
    return finding.nextStep().isEmpty()
        ? head
        : head + "  next: " + HarmlessText.of(finding.nextStep()) + "\n";
  }
}
