package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may be under way at once: as many as the limits allow, first come, first served. Of this
 * leader alone: the next one counts anew by what has begun.
 */
final class Places {

  private final RestartStore store;
  private final RecordedMembers recorded;
  private final Limits limits;
  private final Set<RestartKey> taken = new HashSet<>();
  private final TreeSet<Waiting> waiting =
      new TreeSet<>(
          Comparator.comparing(Waiting::since).thenComparing(one -> one.key().toString()));

  private record Waiting(Instant since, RestartKey key) {}

  Places(RestartStore store, RecordedMembers recorded, Limits limits) {
    this.store = store;
    this.recorded = recorded;
    this.limits = limits;
  }

  /** Counts what earlier leaders have begun, once {@link #wokenBy} hears of each change. */
  synchronized void begin() {
    store.unfinished().forEach(this::know);
    recorded.unmade().forEach(this::know);
  }

  private void know(Restart restart) {
    if (restart.hasBegun()) {
      taken.add(restart.key());
    } else if (restart.status().isWaitingForPlace()) {
      waiting.add(waiting(restart));
    }
  }

  private static Waiting waiting(Restart restart) {
    return new Waiting(restart.requestedAt(), restart.key());
  }

  /** Takes a place for it; tells what it waits for when there is none. */
  synchronized Optional<String> waitsFor(Restart restart) {
    if (taken.contains(restart.key())) {
      return Optional.empty();
    }
    waiting.add(waiting(restart));
    if (mayBegin().contains(restart.key())) {
      waiting.remove(waiting(restart));
      taken.add(restart.key());
      return Optional.empty();
    }
    return Optional.of(words(restart.key().namespace()));
  }

  private String words(String namespace) {
    long there = taken.stream().filter(key -> key.namespace().equals(namespace)).count();
    return there >= limits.perNamespace()
        ? "Waiting for a place: %d restarts are under way in namespace %s, as many as may be at once"
            .formatted(limits.perNamespace(), namespace)
        : "Waiting for a place: %d restarts are under way, as many as may be at once"
            .formatted(limits.overall());
  }

  /** It does not begin after all. */
  synchronized void leave(Restart restart) {
    taken.remove(restart.key());
    waiting.remove(waiting(restart));
  }

  /** Takes note of a change, and tells who may begin because of it. */
  synchronized List<RestartKey> wokenBy(RestartKey changed) {
    Optional<Restart> now = store.cachedOne(changed);
    if (now.isPresent() && !now.get().isFinished()) {
      if (now.get().hasBegun()) {
        waiting.remove(waiting(now.get()));
        taken.add(changed);
      }
      return List.of();
    }
    boolean wasThere = taken.remove(changed);
    boolean hasWaited = waiting.removeIf(one -> one.key().equals(changed));
    return wasThere || hasWaited ? mayBegin() : List.of();
  }

  /** The first of those that wait for whom there is room, in order. */
  private List<RestartKey> mayBegin() {
    List<RestartKey> next = new ArrayList<>();
    Map<String, Integer> there = new HashMap<>();
    taken.forEach(key -> there.merge(key.namespace(), 1, Integer::sum));
    int room = limits.overall() - taken.size();
    for (Waiting one : waiting) {
      if (room <= 0) {
        break;
      }
      String namespace = one.key().namespace();
      if (there.getOrDefault(namespace, 0) < limits.perNamespace()) {
        there.merge(namespace, 1, Integer::sum);
        next.add(one.key());
        room--;
      }
    }
    return next;
  }
}
