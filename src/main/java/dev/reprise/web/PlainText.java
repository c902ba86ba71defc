package dev.reprise.web;

import dev.reprise.restart.HarmlessText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a terminal is shown, as kubectl would show it. */
final class PlainText {

  private static final String INDENT = "  ";
  private static final int PAGE_WIDTH = 100;

  private PlainText() {}

  /**
   * A time span in one or two units, cut down, as kubectl prints ages ({@code
   * duration.HumanDuration} of k8s.io/apimachinery).
   */
  static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    return days < 8 ? two(days, "d", hours % 24, "h") : days + "d";
  }

  private static String two(long many, String unit, long few, String smaller) {
    return few == 0 ? many + unit : many + unit + few + smaller;
  }

  /** A line of a page: what it is about, and its value; either may be empty. */
  static String field(String name, String value) {
    return "%-10s %s".formatted(name, HarmlessText.of(value)).stripTrailing() + "\n";
  }

  /**
   * Two spaces in, and broken between words where a line would be longer than a page is wide. Not
   * for commands, which are copied whole.
   */
  static String paragraph(String text) {
    StringBuilder lines = new StringBuilder(INDENT);
    int width = INDENT.length();
    for (String word : HarmlessText.of(text).strip().split(" +", -1)) {
      boolean isFirst = width == INDENT.length();
      if (!isFirst && width + 1 + word.length() > PAGE_WIDTH) {
        lines.append('\n').append(INDENT);
        width = INDENT.length();
      } else if (!isFirst) {
        lines.append(' ');
        width++;
      }
      lines.append(word);
      width += word.length();
    }
    return lines.append('\n').toString();
  }

  /** Columns as wide as their widest cell, three spaces apart. */
  static String table(List<String> head, List<List<String>> rows) {
    List<List<String>> all =
        IntStream.rangeClosed(0, rows.size())
            .mapToObj(line -> line == 0 ? head : rows.get(line - 1))
            .map(cells -> cells.stream().map(HarmlessText::of).toList())
            .toList();
    int[] widths =
        IntStream.range(0, head.size())
            .map(column ->
                all.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0))
            .toArray();
    return all.stream().map(cells -> row(cells, widths)).collect(Collectors.joining());
  }

  private static String row(List<String> cells, int[] widths) {
    String line =
        IntStream.range(0, widths.length)
            .mapToObj(column -> padded(cells.get(column), widths[column]))
            .collect(Collectors.joining("   "));
    return line.stripTrailing() + "\n";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
