package dev.reprise.web;

import dev.reprise.plan.Strategy;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.HarmlessText;
import dev.reprise.restart.Restart;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    }
  }

  private static String words(ManagedBy managedBy) {
    String named = managedBy.name().isEmpty() ? "" : " " + managedBy.name();
    return "%s%s (%s)".formatted(managedBy.tool(), named, managedBy.toldBy());
  }

  private void writePlans(List<StrategyPlan> plans) {
    text.append('\n').append(PlanText.table(plans));
    plans.stream()
        .filter(planned -> planned.strategy() == Strategy.Auto && planned.foreseen() != null)
        .forEach(planned ->
            text.append('\n')
                .append(HarmlessText.of("Auto: " + planned.foreseen().why()))
                .append('\n'));
    text.append(PlanText.findings(plans));
  }

  private void line(String name, String value) {
    text.append(PlainText.field(name, value));
  }
}
