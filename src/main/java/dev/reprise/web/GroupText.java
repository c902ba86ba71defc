package dev.reprise.web;

import dev.reprise.plan.GroupPlan;
import dev.reprise.progress.LiveGroup;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStanding.Standing;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.HarmlessText;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** A group as a person reads it, on a page of a terminal or on a line. */
final class GroupText {

  private GroupText() {}

  static String of(LiveGroup live) {
    RestartGroup group = live.group();
    GroupStatus status = group.status();
    StringBuilder text = new StringBuilder();
    text.append(PlainText.field("Group", group.key().toString()))
        .append(PlainText.field("Workloads", group.spec().selection().words()))
        .append(
            PlainText.field("Asked by", group.requestedBy().user() + " at " + group.requestedAt()))
        .append(group.spec().reason() == null ? "" : PlainText.field("Why", group.spec().reason()))
        .append(PlainText.field("Pace", pace(group.spec())))
        .append(PlainText.field("Phase", status.phase() + ", " + status.reason()))
        .append(PlainText.field("", status.message()))
        .append(
            group.isToBeCancelled() && !group.isFinished()
                ? PlainText.field("Cancel", "asked for")
                : "")
        .append(group.hasBegun() ? times(live) : "");
    List<List<String>> rows = rows(live);
    if (!rows.isEmpty()) {
      text.append('\n')
          .append(PlainText.table(List.of("KIND", "NAME", "STATE", "RESTART", "REASON"), rows));
    }
    return text.toString();
  }

  private static String pace(GroupSpec spec) {
    return "%d at once; on a failure %s".formatted(spec.maxParallel(), spec.onFailure());
  }

  private static String times(LiveGroup live) {
    String elapsed = PlainText.span(live.elapsed());
    return live.group().status().finishedAt() == null
        ? PlainText.field("Elapsed", elapsed)
        : PlainText.field(
            "Took",
            elapsed
                + ", until "
                + live.group().status().finishedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static List<List<String>> rows(LiveGroup live) {
    return Stream.concat(
            live.standing().members().stream().map(GroupText::row),
            live.group().status().skipped().stream().map(GroupText::row))
        .toList();
  }

  private static List<String> row(Standing member) {
    Restart restart = member.restart();
    return List.of(
        member.member().target().kind().kind(),
        member.member().target().name(),
        member.state().name(),
        restart == null ? "" : restart.key().name(),
        restart == null ? "" : restart.status().reason());
  }

  private static List<String> row(GroupPlan.Skipped skipped) {
    return List.of(
        skipped.target().kind().kind(), skipped.target().name(), "Skipped", "", skipped.reason());
  }

  /** As {@link RestartLine} tells of one workload. */
  static String line(LiveGroup live) {
    RestartGroup group = live.group();
    GroupStatus status = group.status();
    String name = "group \"%s\"".formatted(group.key().name());
    String message = HarmlessText.of(status.message());
    return switch (status.phase()) {
      case Pending, Progressing ->
          "Waiting for %s to %s: %s..."
              .formatted(name, group.isToBeCancelled() ? "be cancelled" : "finish", message);
      case Succeeded -> "%s successfully restarted: %s".formatted(name, message);
      case Failed -> error(name, "failed", status, message);
      case Cancelled -> error(name, "was cancelled", status, message);
      case Superseded -> error(name, "was superseded", status, message);
    };
  }

  private static String error(String name, String end, GroupStatus status, String message) {
    return "error: restart of %s %s (%s): %s".formatted(name, end, status.reason(), message);
  }
}
