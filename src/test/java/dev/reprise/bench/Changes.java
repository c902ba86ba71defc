package dev.reprise.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks changes by a text, and takes the time from each change to where its text is seen. */
final class Changes {

  private static final Pattern MARK = Pattern.compile("bench-change-(\\d+)\\.");

  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, Long> begun = new ConcurrentHashMap<>();

  /** One place where changes are seen: a watch, or all streams of the service together. */
  final class Seen {

    private final Samples samples;
    private final Map<Integer, AtomicInteger> times = new ConcurrentHashMap<>();

    private Seen(Samples samples) {
      this.samples = samples;
    }

    void line(String line) {
      long now = System.nanoTime();
      Matcher mark = MARK.matcher(line);
      if (mark.find()) {
        int number = Integer.parseInt(mark.group(1));
        Long start = begun.get(number);
        if (start != null) {
          samples.add(now - start);
          times.computeIfAbsent(number, _ -> new AtomicInteger()).incrementAndGet();
        }
      }
    }

    int times(int change) {
      AtomicInteger seen = times.get(change);
      return seen == null ? 0 : seen.get();
    }
  }

  Seen seenIn(Samples samples) {
    return new Seen(samples);
  }

  /** The number of a change that begins now. */
  int begin() {
    int number = last.incrementAndGet();
    begun.put(number, System.nanoTime());
    return number;
  }

  static String mark(int change) {
    return "bench-change-" + change + ".";
  }
}
