package dev.reprise.web;

import dev.reprise.plan.Finding;
import dev.reprise.plan.Finding.Severity;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.Restart;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Workloads as a person reads them on a terminal. */
final class WorkloadText {

  private static final String NONE = "<none>";

  private static final List<String> HEAD =
      List.of("KIND", "NAME", "REPLICAS", "AVAILABLE", "STRATEGY", "LAST RESTART", "MANAGED BY");

  private final StringBuilder text = new StringBuilder();
  private final Instant now;

  private WorkloadText(Instant now) {
    this.now = now;
  }

  /** A page on one of them, with its plans. */
  static String of(WorkloadView view, Instant now) {
    WorkloadText page = new WorkloadText(now);
    page.write(view);
    return page.text.toString();
  }

  /** A table as {@code kubectl get} prints it. */
  static String table(List<WorkloadView> views, @Nullable String continueToken, Instant now) {
    if (views.isEmpty()) {
      return "No workloads found.\n";
    }
    String table = PlainText.table(HEAD, views.stream().map(view -> row(view, now)).toList());
    return continueToken == null
        ? table
        : table + "There are more; the next page: continue=" + continueToken + "\n";
  }

  private static List<String> row(WorkloadView view, Instant now) {
    WorkloadSnapshot workload = view.workload();
    return List.of(
        workload.ref().kind().kind(),
        workload.ref().name(),
        "" + workload.desired(),
        "" + workload.counts().available(),
        UpdateWords.of(workload),
        lastRestart(view.lastRestart(), now),
        workload.metadata().managedBy().stream()
            .map(managedBy -> managedBy.tool().toString())
            .distinct()
            .collect(Collectors.collectingAndThen(Collectors.joining(", "), WorkloadText::orNone)));
  }

  private static String lastRestart(@Nullable Restart restart, Instant now) {
    return restart == null
        ? NONE
        : "%s (%s ago)"
            .formatted(
                restart.status().phase(),
                PlainText.span(Duration.between(restart.requestedAt(), now)));
  }

  private static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  private void write(WorkloadView view) {
    WorkloadSnapshot workload = view.workload();
    line("Workload", workload.ref().toString());
    line("Available", "%d of %d".formatted(workload.counts().available(), workload.desired()));
    line("Update", UpdateWords.of(workload));
    Restart last = view.lastRestart();
    line("Restarted", last == null ? NONE : last.key().name() + ", " + lastRestart(last, now));
    String name = "Managed by";
    for (ManagedBy managedBy : workload.metadata().managedBy()) {
      line(name, words(managedBy));
      name = "";
    }
    if (view.plans() != null) {
      writePlans(view.plans());
      writeFindings(view.plans());
    }
  }

  private static String words(ManagedBy managedBy) {
    String named = managedBy.name().isEmpty() ? "" : " " + managedBy.name();
    return "%s%s (%s)".formatted(managedBy.tool(), named, managedBy.toldBy());
  }

  private void writePlans(List<StrategyPlan> plans) {
    text.append('\n')
        .append(
            PlainText.table(
                List.of("STRATEGY", "MECHANISM", "LOWEST AVAILABLE", "VERDICT"),
                plans.stream().map(WorkloadText::row).toList()));
  }

  private static List<String> row(StrategyPlan planned) {
    Proceed foreseen = planned.foreseen();
    return List.of(
        planned.strategy().name(),
        foreseen == null ? "-" : foreseen.mechanism().name(),
        foreseen == null
            ? "-"
            : "%d of %d"
                .formatted(
                    foreseen.disruption().lowestAvailable(), foreseen.disruption().desired()),
        verdict(planned.plan()));
  }

  private static String verdict(RestartPlan plan) {
    return switch (plan) {
      case Proceed _ -> "can be restarted";
      case RestartPlan.NothingToRestart(String message) -> "nothing to restart: " + message;
      case RestartPlan.Refused refused ->
          "refused: "
              + refused.findings().stream()
                  .filter(finding -> finding.severity() == Severity.Refusal)
                  .map(finding -> finding.code().name())
                  .collect(Collectors.joining(", "));
    };
  }

  /** Each once, with the strategies that it is about. */
  private void writeFindings(List<StrategyPlan> plans) {
    Map<Finding, List<String>> strategies = new LinkedHashMap<>();
    for (StrategyPlan planned : plans) {
      for (Finding finding : planned.plan().findings()) {
        strategies.computeIfAbsent(finding, _ -> new ArrayList<>()).add(planned.strategy().name());
      }
    }
    strategies.forEach(this::writeFinding);
  }

  private void writeFinding(Finding finding, List<String> strategies) {
    text.append('\n')
        .append(
            "%s: %s (%s)\n  "
                .formatted(finding.severity(), finding.code(), String.join(", ", strategies)))
        .append(PlainText.harmless(finding.message()))
        .append('\n');
    if (!finding.nextStep().isEmpty()) {
      text.append("  next: ").append(PlainText.harmless(finding.nextStep())).append('\n');
    }
  }

  private void line(String name, String value) {
    text.append(PlainText.field(name, value));
  }
}
