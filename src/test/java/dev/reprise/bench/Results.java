package dev.reprise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured, in {@code target/bench}: tables in {@code results.md}, and every single
 * duration in {@code raw.json}. Written after each measurement, so that a run that is broken off
 * leaves what it had.
 */
final class Results {

  static final Path FOLDER = Path.of("target", "bench");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final String machine;
  private final List<List<String>> ratios = new ArrayList<>();
  private final StringBuilder sections = new StringBuilder();
  private final Map<String, List<Double>> raw = new LinkedHashMap<>();

  Results(String machine) {
    this.machine = machine;
  }

  /** Tells whoever waits what is going on. */
  static void say(String format, Object... arguments) {
    System.err.println("[bench] " + format.formatted(arguments));
  }

  /** What {@code target} says is a hope: it is reported, and missing it is no failure. */
  void ratio(String what, double ratio, double target) {
    String verdict = ratio <= target ? "yes" : "no";
    ratios.add(List.of(what, exact(ratio), "≤ " + exact(target), verdict));
    say("%s: %s (target ≤ %s)", what, exact(ratio), exact(target));
  }

  void skipped(String what, double target, String why) {
    ratios.add(List.of(what, "skipped", "≤ " + exact(target), why));
    say("%s: skipped, %s", what, why);
  }

  void section(String title, String explanation) {
    sections.append("\n## %s\n\n%s\n".formatted(title, explanation.strip()));
  }

  void note(String text) {
    sections.append("\n").append(text).append("\n");
    say("%s", text);
  }

  void table(List<String> header, List<List<String>> rows) {
    sections.append("\n").append(tableOf(header, rows));
    rows.forEach(row -> say("%s", String.join(" | ", row)));
  }

  void samples(List<Samples> all) {
    table(Samples.HEADER, all.stream().map(Samples::row).toList());
    all.forEach(this::keep);
  }

  void keep(Samples samples) {
    raw.put(samples.name(), samples.milliseconds());
  }

  void write() throws IOException {
    Files.createDirectories(FOLDER);
    String table = tableOf(List.of("ratio of medians", "measured", "target", "met"), ratios);
    Files.writeString(FOLDER.resolve("results.md"), machine + "\n" + table + sections);
    JSON.writeValue(FOLDER.resolve("raw.json").toFile(), raw);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private static String exact(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String tableOf(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(line(header));
    table.append(line(header.stream().map(_ -> "---").toList()));
    rows.forEach(row -> table.append(line(row)));
    return table.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
