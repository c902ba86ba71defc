package dev.reprise.prediction;

import dev.reprise.workload.WorkloadKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table of all situations, a section for each kind of workload. */
final class Page {

  static final Path PUBLISHED = Path.of("docs/predictions.md");

  private static final String INTRODUCTION =
      """
      # Predictions

      What the plan of a restart says beforehand, and what the real controllers then did. `PredictionsClusterTests` brings
      about each situation, asks for the plan, restarts, and counts the available pods at every event of a watch: ready for
      `minReadySeconds` and not terminating; of a blue-green Rollout, the active ones. It fails where that was not what the
      plan says.

      *Lowest* is the fewest pods available at once, as predicted and as observed; a range where timing decides. New pods take
      a second to become ready. *Refused: CertainDowntime; accepted* is a restart that was refused, and then made all the
      same with `acceptDowntime`. *Blocked* begins and does not end by itself: the plan names a finding, the restart a
      blocker. `-Dpredictions.write` rewrites this page.
      """;
  private static final String HEAD =
      """

      ## %s

      | strategy | situation | mechanism | desired | predicted lowest | observed lowest | predicted outcome | observed outcome |
      |---|---|---|---|---|---|---|---|
      """;

  /** The first cell of a row is the second part of its line. */
  private static final int OBSERVED_LOWEST = 6;

  private Page() {}

  static String of(List<Row> rows) {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (WorkloadKind kind : WorkloadKind.values()) {
      page.append(HEAD.formatted(kind));
      rows.stream()
          .filter(row -> row.situation().kind() == kind)
          .forEach(row -> page.append(row).append('\n'));
    }
    return page.toString();
  }

  /** The lines of such a page, less what may come out otherwise the next time. */
  static List<String> withoutTiming(String page) {
    return page.lines().map(Page::lessObservedLowest).toList();
  }

  private static String lessObservedLowest(String line) {
    List<String> cells = new ArrayList<>(List.of(line.split("\\|")));
    if (cells.size() > OBSERVED_LOWEST) {
      cells.remove(OBSERVED_LOWEST);
    }
    return String.join("|", cells);
  }
}
