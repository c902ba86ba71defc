package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one kind as last seen, trimmed. Written by one thread, which also calls the
 * listeners; read by any.
 */
final class ObjectCache<T> {

  private static final Logger LOGGER = LoggerFactory.getLogger(ObjectCache.class);

  private final Function<JsonObject, T> trim;
  private final ConcurrentSkipListMap<ObjectKey, Entry<T>> entries = new ConcurrentSkipListMap<>();
  private final List<Listener<T>> listeners = new CopyOnWriteArrayList<>();

  private record Entry<T>(String resourceVersion, T value) {}

  /** Hears of each change, one at a time, in order. Must be quick: the next event waits. */
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

  /**
   * Notes an object. One that cannot be trimmed stays as it was last seen: better old than taken
   * for deleted.
   */
  ObjectKey put(JsonObject object) {
    ObjectKey key = ObjectKey.of(object);
    String version = object.getAsJsonObject("metadata").get("resourceVersion").getAsString();
    Entry<T> before = entries.get(key);
    if (before != null && before.resourceVersion().equals(version)) {
      return key;
    }
    try {
      T value = trim.apply(object);
      entries.put(key, new Entry<>(version, value));
      tell(key, before == null ? null : before.value(), value);
    } catch (RuntimeException e) {
      LOGGER.atError().addKeyValue("object", key).setCause(e).log("Not understood; left as it was");
    }
    return key;
  }

  void remove(ObjectKey key) {
    Entry<T> before = entries.remove(key);
    if (before != null) {
      tell(key, before.value(), null);
    }
  }

  /** Removes what a complete list does not have any more. */
  void retain(Set<ObjectKey> listed) {
    Set<ObjectKey> gone = new HashSet<>(entries.keySet());
    gone.removeAll(listed);
    gone.forEach(this::remove);
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
