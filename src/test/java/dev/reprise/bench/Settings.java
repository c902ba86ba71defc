package dev.reprise.bench;

import java.util.List;
import java.util.stream.Stream;

/** How much is measured; each may be given as {@code -Dreprise.bench.<name>=<value>}. */
final class Settings {

  static final int ROUNDS = Integer.getInteger("reprise.bench.rounds", 100);
  static final int CHANGES = Integer.getInteger("reprise.bench.changes", 100);
  static final int PODS = Integer.getInteger("reprise.bench.pods", 10_000);

  static final int GROUPS = Integer.getInteger("reprise.bench.groups", 3);
  static final int MEMBERS = Integer.getInteger("reprise.bench.members", 1000);

  static final List<Integer> STREAMS =
      Stream.of(System.getProperty("reprise.bench.streams", "1000,5000").split(","))
          .map(Integer::valueOf)
          .toList();

  /** What 70 % of the chart's memory limit come to. */
  static final List<String> CHART = List.of("-Xmx358m", "-XX:+ExitOnOutOfMemoryError");

  /** Room enough to see what thousands of streams need, instead of that it is not there. */
  static final List<String> STREAMING = List.of("-Xmx1g", "-XX:+ExitOnOutOfMemoryError");

  private Settings() {}
}
