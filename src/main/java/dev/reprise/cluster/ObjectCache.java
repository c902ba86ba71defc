package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind as last seen, trimmed. A watch tells of them; what we wrote ourselves may
 * be there before the watch tells of it, and is then never taken back by something older. Read by
 * any thread without waiting, be it from a listener.
 */
final class ObjectCache<T> {

  private static final Logger LOGGER = LoggerFactory.getLogger(ObjectCache.class);

  private final Function<JsonObject, T> trim;
  private final ConcurrentSkipListMap<ObjectKey, Entry<T>> entries = new ConcurrentSkipListMap<>();
  private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

  /** Held while something changes and the listeners are told, so that they hear it in order. */
  private final ReentrantLock changing = new ReentrantLock();

  /** The watch has told all up to here; null while it has nowhere to begin from. */
  private @Nullable ResourceVersion told;

  private record Entry<T>(ResourceVersion version, T value) {}

  /**
   * Hears of each change, one at a time, in order: from the watching thread, or from the one that
   * wrote. Must be quick, since the next event waits, and must not write itself.
   */
  @FunctionalInterface
  interface Listener<T> {

    /**
     * Something changed.
     *
     * @param before null when the object is new
     * @param after null when it is gone
     */
    void changed(ObjectKey key, @Nullable T before, @Nullable T after);
  }

  ObjectCache(Function<JsonObject, T> trim) {
    this.trim = trim;
  }

  void add(Listener<T> listener) {
    listeners.add(listener);
  }

  void remove(Listener<T> listener) {
    listeners.remove(listener);
  }

  Optional<T> get(ObjectKey key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  List<T> all() {
    return entries.values().stream().map(Entry::value).toList();
  }

  List<T> inNamespace(String namespace) {
    return entries.tailMap(new ObjectKey(namespace, "")).entrySet().stream()
        .takeWhile(entry -> entry.getKey().namespace().equals(namespace))
        .map(entry -> entry.getValue().value())
        .toList();
  }

  /** The watch, or the list that it begins with, comes now to what happened up to here. */
  void reached(ResourceVersion version) {
    changing.lock();
    try {
      told = version;
    } finally {
      changing.unlock();
    }
  }

  /**
   * Notes an object that was listed or that a watch told of, unless what we wrote is newer. One
   * that cannot be trimmed stays as it was last seen: better old than taken for deleted.
   */
  ObjectKey put(JsonObject object) {
    ObjectKey key = ObjectKey.of(object);
    changing.lock();
    try {
      note(key, object);
    } finally {
      changing.unlock();
    }
    return key;
  }

  /**
   * Notes an object as the API server answered it to a write of ours, unless the watch is already
   * that far: it has told then what became of it, maybe that it is gone. An entry that is ahead of
   * the watch is safe to have, for whatever happens to it later the watch has yet to tell.
   */
  void wrote(JsonObject object) {
    ResourceVersion version = ResourceVersion.of(object);
    changing.lock();
    try {
      if (told != null && version.isAfter(told)) {
        note(ObjectKey.of(object), object);
      }
    } finally {
      changing.unlock();
    }
  }

  private void note(ObjectKey key, JsonObject object) {
    ResourceVersion version = ResourceVersion.of(object);
    Entry<T> before = entries.get(key);
    if (before != null && (before.version.equals(version) || before.version.isAfter(version))) {
      return;
    }
    try {
      T value = trim.apply(object);
      entries.put(key, new Entry<>(version, value));
      tell(key, before == null ? null : before.value, value);
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("object", key).setCause(e).log("Not understood; left as it was");
    }
  }

  /** Removes an object that the watch saw deleted, unless what we wrote is newer. */
  void remove(ObjectKey key) {
    changing.lock();
    try {
      Entry<T> before = entries.get(key);
      if (before != null && !isAhead(before)) {
        entries.remove(key);
        tell(key, before.value, null);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Removes what a complete list does not have any more, unless we wrote it since. */
  void retain(Set<ObjectKey> listed, ResourceVersion version) {
    changing.lock();
    try {
      told = version;
      removeAllBut(listed);
    } finally {
      changing.unlock();
    }
  }

  /** Removes all, and takes in no write of ours until the next list. */
  void clear() {
    changing.lock();
    try {
      told = null;
      removeAllBut(Set.of());
    } finally {
      changing.unlock();
    }
  }

  private void removeAllBut(Set<ObjectKey> listed) {
    Set<ObjectKey> gone = new HashSet<>(entries.keySet());
    gone.removeAll(listed);
    gone.forEach(this::remove);
  }

  private boolean isAhead(Entry<T> entry) {
    return told != null && entry.version.isAfter(told);
  }

  private void tell(ObjectKey key, @Nullable T before, @Nullable T after) {
    for (Listener<T> listener : listeners) {
      try {
        listener.changed(key, before, after);
      } catch (RuntimeException e) {
        LOGGER.atError().addKeyValue("object", key).setCause(e).log("A listener failed");
      }
    }
  }
}
