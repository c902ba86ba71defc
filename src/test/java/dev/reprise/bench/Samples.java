package dev.reprise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Durations of the same thing. Safe for many threads. */
final class Samples {

  static final List<String> HEADER = List.of("", "n", "min ms", "median ms", "p99 ms");

  private final String name;
  private final List<Long> nanos = new ArrayList<>();

  Samples(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  synchronized void add(long duration) {
    nanos.add(duration);
  }

  synchronized int count() {
    return nanos.size();
  }

  double median() {
    return quantile(0.5);
  }

  /** In milliseconds, by the nearest rank; not a number while there are none. */
  synchronized double quantile(double part) {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(part * nanos.size());
    return nanos.stream().sorted().toList().get(Math.max(rank, 1) - 1) / 1e6;
  }

  List<String> row() {
    return List.of(
        name,
        Integer.toString(count()),
        milliseconds(quantile(0)),
        milliseconds(median()),
        milliseconds(quantile(0.99)));
  }

  synchronized List<Double> milliseconds() {
    return nanos.stream().map(each -> each / 1e6).toList();
  }

  static String milliseconds(double value) {
    return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.1f", value);
  }
}
