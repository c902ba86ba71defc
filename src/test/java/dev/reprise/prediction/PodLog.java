package dev.reprise.prediction;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every event of a watch of pods, in its order. Whose pods they are is asked later: an event of a
 * pod may come before that of the ReplicaSet that made it.
 */
final class PodLog {

  private record Event(Instant at, SeenPod pod) {}

  /** A place in the log: all events before it are in the past at that time. */
  record Mark(int events, Instant at) {}

  private final List<Event> events = new ArrayList<>();
  private final Map<String, SeenPod> present = new LinkedHashMap<>();

  void add(Instant at, SeenPod pod) {
    events.add(new Event(at, pod));
    if (pod.gone()) {
      present.remove(pod.uid());
    } else {
      present.put(pod.uid(), pod);
    }
  }

  Mark mark(Instant now) {
    return new Mark(events.size(), now);
  }

  /** Those of these owners that have not been deleted for good. */
  Stream<SeenPod> present(Set<String> owners) {
    return present.values().stream().filter(pod -> owners.contains(pod.owner()));
  }

  Stream<SeenPod> presentOf(String app) {
    return present.values().stream().filter(pod -> pod.app().equals(app));
  }

  /** Whether there was an event of each of these pods, by uid, at this resourceVersion. */
  boolean hasSeen(Map<String, String> versions) {
    Set<String> missing = new HashSet<>(versions.keySet());
    events.stream()
        .map(Event::pod)
        .filter(pod -> pod.version().equals(versions.get(pod.uid())))
        .forEach(pod -> missing.remove(pod.uid()));
    return missing.isEmpty();
  }

  /**
   * The fewest of these owners' pods that were available at once: at the mark, and after each event
   * since. Between two events it can only become more, by time passing.
   */
  int lowestAvailable(Set<String> owners, Duration minReady, Mark from) {
    Map<String, SeenPod> there = new LinkedHashMap<>();
    events.subList(0, from.events).forEach(event -> there.put(event.pod.uid(), event.pod));
    there.values().removeIf(pod -> !owners.contains(pod.owner()));
    long lowest = available(there, from.at, minReady);
    for (Event event : events.subList(from.events, events.size())) {
      if (owners.contains(event.pod.owner())) {
        there.put(event.pod.uid(), event.pod);
        lowest = Math.min(lowest, available(there, event.at, minReady));
      }
    }
    return Math.toIntExact(lowest);
  }

  private static long available(Map<String, SeenPod> pods, Instant at, Duration minReady) {
    return pods.values().stream().filter(pod -> pod.isAvailable(at, minReady)).count();
  }

  /** When the last of these owners' pods changed. */
  Instant lastChange(Set<String> owners) {
    return events.stream()
        .filter(event -> owners.contains(event.pod.owner()))
        .map(Event::at)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
