package dev.reprise.reload;

import dev.reprise.workload.ConfigReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Contents that have changed and may yet change more, and the namespaces that are to be looked at
 * once they have settled. Times are monotonic nanoseconds. For any thread.
 */
final class Settling {

  /** How many times as long as it takes to settle is waited for what never does. */
  private static final int PATIENCE = 10;

  private final long quiet;
  private final Map<Content, Change> changing = new HashMap<>();
  private final Map<String, Long> looks = new HashMap<>();

  private record Content(String namespace, ConfigReference config) {}

  private record Change(long first, long last) {}

  /**
   * @param quiet how long a content has to stay the same
   */
  Settling(Duration quiet) {
    this.quiet = quiet.toNanos();
  }

  synchronized void changed(String namespace, ConfigReference config, long now) {
    changing.merge(
        new Content(namespace, config),
        new Change(now, now),
        (before, _) -> new Change(before.first, now));
  }

  /** Has the namespace looked at then, or earlier if that was asked for. */
  synchronized void look(String namespace, long at) {
    looks.merge(namespace, at, Math::min);
  }

  /** The namespaces to be looked at now; each is told once. */
  synchronized Set<String> due(long now) {
    Set<String> due = new HashSet<>();
    for (Iterator<Map.Entry<Content, Change>> each = changing.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Content, Change> entry = each.next();
      if (dueAt(entry.getValue()) <= now) {
        due.add(entry.getKey().namespace());
        each.remove();
      }
    }
    looks.forEach((namespace, at) -> {
      if (at <= now) {
        due.add(namespace);
      }
    });
    looks.keySet().removeAll(due);
    return due;
  }

  /** Whether one of these may yet change more, and will be told of. */
  synchronized boolean isChanging(String namespace, Set<ConfigReference> configs) {
    return configs.stream()
        .anyMatch(config -> changing.containsKey(new Content(namespace, config)));
  }

  /** How long until something is due; longer than anybody waits when nothing is. */
  synchronized Duration untilDue(long now) {
    long next = now + Duration.ofHours(1).toNanos();
    for (Change change : changing.values()) {
      next = Math.min(next, dueAt(change));
    }
    for (long at : looks.values()) {
      next = Math.min(next, at);
    }
    return Duration.ofNanos(Math.max(0, next - now));
  }

  private long dueAt(Change change) {
    return Math.min(change.last + quiet, change.first + PATIENCE * quiet);
  }
}
