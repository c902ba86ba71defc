package dev.reprise.web;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.HarmlessText;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStatus;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RevisionPods;
import dev.reprise.rollout.RolloutDetail;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.StepProgress;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Restart as a person reads it, on a page of a terminal. */
final class RestartText {

  private static final List<String> HEAD =
      List.of("NAMESPACE", "NAME", "KIND", "TARGET", "PHASE", "REPLACED", "REASON", "AGE");

  private final StringBuilder text = new StringBuilder();

  private RestartText() {}

  static String of(LiveRestart live) {
    RestartText page = new RestartText();
    page.write(live);
    return page.text.toString();
  }

  /**
   * A table as {@code kubectl get restarts} prints it.
   *
   * @param allNamespaces whether to tell the namespace of each
   */
  static String table(List<AnyRestart> restarts, boolean allNamespaces, Instant now) {
    if (restarts.isEmpty()) {
      return "No restarts found.\n";
    }
    int from = allNamespaces ? 0 : 1;
    return PlainText.table(
        HEAD.subList(from, HEAD.size()),
        restarts.stream().map(restart -> row(restart, now).subList(from, HEAD.size())).toList());
  }

  private static List<String> row(AnyRestart any, Instant now) {
    return switch (any) {
      case Restart restart -> row(restart, now);
      case RestartGroup group ->
          List.of(
              group.key().namespace(),
              group.key().name(),
              "(group)",
              group.spec().selection().words(),
              group.phase().name(),
              group.status().counts().succeeded() + "/" + group.status().counts().total(),
              group.status().reason(),
              PlainText.span(Duration.between(group.requestedAt(), now)));
    };
  }

  private static List<String> row(Restart restart, Instant now) {
    RestartStatus status = restart.status();
    RolloutProgress progress = status.progress();
    return List.of(
        restart.key().namespace(),
        restart.key().name(),
        restart.target().kind().kind(),
        restart.target().name(),
        status.phase().name(),
        progress == null ? "" : progress.replaced() + "/" + progress.total(),
        status.reason(),
        PlainText.span(Duration.between(restart.requestedAt(), now)));
  }

  private void write(LiveRestart live) {
    Restart restart = live.restart();
    RestartStatus status = restart.status();
    line("Restart", restart.key().toString());
    line("Workload", named(restart.target()));
    if (!restart.followed().equals(restart.target())) {
      line("Follows", named(restart.followed()));
    }
    restart.groupKey().ifPresent(group -> line("Group", group.name()));
    line("Asked by", restart.spec().requestedBy().user() + " at " + restart.requestedAt());
    if (restart.spec().reason() != null) {
      line("Why", restart.spec().reason());
    }
    Trigger trigger = status.trigger();
    if (trigger != null) {
      line("Done by", trigger.mechanism() + " " + trigger.text());
    }
    line("Phase", status.phase() + ", " + status.reason());
    line("", status.message());
    if (restart.spec().cancel() && !restart.isTakenBackOrFinished()) {
      line("Cancel", "asked for");
    }
    writeProgress(status, status.progress());
    writeTimes(live, status);
    writeRevisions(status, live.detail());
    writeBlockers(status.blockers());
  }

  private static String named(WorkloadRef workload) {
    return workload.kind().kind() + " " + workload.name();
  }

  private void writeProgress(RestartStatus status, @Nullable RolloutProgress progress) {
    if (progress == null) {
      return;
    }
    line(
        "Pods",
        "%d/%d replaced, %d old ones left"
            .formatted(progress.replaced(), progress.total(), progress.old()));
    String seen =
        status.lowestAvailable() == null || status.observedSince() == null
            ? ""
            : ", never fewer than %d since %s"
                .formatted(status.lowestAvailable(), seconds(status.observedSince()));
    line("Available", "%d of %d%s".formatted(progress.available(), progress.desired(), seen));
  }

  private void writeTimes(LiveRestart live, RestartStatus status) {
    if (status.startedAt() == null) {
      return;
    }
    String elapsed = PlainText.span(live.elapsed());
    if (status.finishedAt() != null) {
      line("Took", elapsed + ", until " + seconds(status.finishedAt()));
    } else if (live.remaining() != null) {
      line("Elapsed", elapsed + ", about " + PlainText.span(live.remaining()) + " remain");
    } else {
      line("Elapsed", elapsed);
    }
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void writeRevisions(RestartStatus status, @Nullable RolloutDetail detail) {
    RevisionChange change = status.revisions();
    if (change != null) {
      String missing = status.finishedAt() == null ? "not made yet" : "not made";
      line("Revision", change.from() + " -> " + (change.to() == null ? missing : change.to()));
    }
    if (detail == null) {
      return;
    }
    StepProgress steps = detail.steps();
    if (steps != null) {
      line("Steps", steps.words());
    }
    text.append('\n')
        .append(
            PlainText.table(
                List.of("REVISION", "NAME", "PODS", "READY", "TERMINATING"),
                detail.revisions().stream().map(RestartText::row).toList()));
  }

  private static List<String> row(RevisionPods revision) {
    return List.of(
        revision.number() + (revision.isOurs() ? " (this)" : ""),
        revision.name(),
        "" + revision.pods(),
        "" + revision.ready(),
        "" + revision.terminating());
  }

  private void writeBlockers(List<Blocker> blockers) {
    for (Blocker blocker : blockers) {
      text.append('\n')
          .append(HarmlessText.of("%s: %s".formatted(blocker.object(), blocker.reason())))
          .append("\n  ")
          .append(HarmlessText.of(blocker.message()))
          .append("\n  next: ")
          .append(HarmlessText.of(blocker.command()))
          .append('\n');
    }
  }

  private void line(String name, String value) {
    text.append(PlainText.field(name, value));
  }
}
