package dev.reprise.web;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.rollout.Blocker;
import java.util.List;
import java.util.Locale;

/** A Restart of one moment on a line, as {@code kubectl rollout status} prints it. */
final class RestartLine {

  private RestartLine() {}

  /** Without the end of the line; a second line, where something blocks, is the next step. */
  static String of(LiveRestart live) {
    Restart restart = live.restart();
    RestartStatus status = restart.status();
    String workload =
        "%s \"%s\""
            .formatted(
                restart.target().kind().kind().toLowerCase(Locale.ROOT), restart.target().name());
    String message = PlainText.harmless(status.message());
    return switch (status.phase()) {
      case Pending -> "Waiting for %s to restart: %s...".formatted(workload, message);
      case Progressing ->
          "Waiting for %s to restart: %s...%s"
              .formatted(workload, message, nextStep(status.blockers()));
      case Succeeded -> "%s successfully restarted: %s".formatted(workload, message);
      case Failed, Cancelled, Superseded ->
          "error: %s was not restarted: %s (%s): %s%s"
              .formatted(
                  workload, status.phase(), status.reason(), message, nextStep(status.blockers()));
    };
  }

  private static String nextStep(List<Blocker> blockers) {
    return blockers.stream()
        .findFirst()
        .map(first -> "\n  next: " + PlainText.harmless(first.command()))
        .orElse("");
  }
}
