package dev.reprise.web;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.HarmlessText;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.rollout.Blocker;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Restart of one moment on a line, as {@code kubectl rollout status} prints it. */
final class RestartLine {

  private static final String WAITING = "Waiting for ";
  private static final Pattern PLAIN_WORD = Pattern.compile("^[A-Z][a-z]*\\b");

  private RestartLine() {}

  /** Without the end of the line; further lines, where something blocks, are the next step. */
  static String of(LiveRestart live) {
    Restart restart = live.restart();
    RestartStatus status = restart.status();
    String workload =
        "%s \"%s\""
            .formatted(
                restart.target().kind().kind().toLowerCase(Locale.ROOT), restart.target().name());
    String message = HarmlessText.of(status.message());
    return switch (status.phase()) {
      case Pending, Progressing ->
          waiting(workload, status.takenBack() == null ? "to finish" : "to be cancelled", message)
              + nextStep(status.blockers());
      case Succeeded -> "%s successfully restarted: %s".formatted(workload, message);
      case Failed -> error(workload, "failed", status);
      case Cancelled -> error(workload, "was cancelled", status);
      case Superseded -> error(workload, "was superseded", status);
    };
  }

  private static String waiting(String workload, String whatFor, String message) {
    return message.startsWith(WAITING)
        ? message + "..."
        : "%s%s restart %s: %s...".formatted(WAITING, workload, whatFor, uncapitalized(message));
  }

  /** But for the name of a kind, such as StatefulSet. */
  private static String uncapitalized(String sentence) {
    return PLAIN_WORD.matcher(sentence).replaceFirst(word -> word.group().toLowerCase(Locale.ROOT));
  }

  private static String error(String workload, String end, RestartStatus status) {
    return "error: restart of %s %s (%s): %s%s%s"
        .formatted(
            workload,
            end,
            status.reason(),
            HarmlessText.of(status.message()),
            inTheWay(status),
            nextSteps(status));
  }

  /** While it is under way, this is its message; in the end, mostly part of it. */
  private static String inTheWay(RestartStatus status) {
    return status.blockers().stream()
        .findFirst()
        .filter(first -> !first.reason().equals(status.reason()))
        .map(Blocker::wordsWithReason)
        .filter(words -> !status.message().contains(words))
        .map(text -> "\n  " + HarmlessText.of(text))
        .orElse("");
  }

  /** To look at what stood in the way first, and the way out where the controller gave up. */
  private static String nextSteps(RestartStatus status) {
    return Stream.concat(status.blockers().stream().limit(1), status.verdict().stream())
        .map(RestartLine::nextStep)
        .distinct()
        .collect(Collectors.joining());
  }

  private static String nextStep(List<Blocker> blockers) {
    return blockers.stream().findFirst().map(RestartLine::nextStep).orElse("");
  }

  private static String nextStep(Blocker blocker) {
    return "\n  next: " + HarmlessText.of(blocker.command());
  }
}
