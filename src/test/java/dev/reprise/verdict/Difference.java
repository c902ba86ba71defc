package dev.reprise.verdict;

import dev.reprise.workload.WorkloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two verdicts of a moment that are not the same. */
record Difference(String moment, String theirs, String ours) {

  private static final Path PAGE = Path.of("docs/verdicts.md");

  /** Those that the page lists, in the table under the kind's heading. */
  static Set<Difference> listed(WorkloadKind kind) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals("## " + kind.kind()))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
        .flatMap(Difference::ofRow)
        .collect(Collectors.toSet());
  }

  /** A row may be about several moments. */
  private static Stream<Difference> ofRow(List<String> cells) {
    return Arrays.stream(cells.get(1).split("<br>"))
        .map(moment -> new Difference(moment.strip(), cells.get(2), cells.get(3)));
  }

  @Override
  public String toString() {
    return "| %s | %s | %s |".formatted(moment, theirs, ours);
  }
}
