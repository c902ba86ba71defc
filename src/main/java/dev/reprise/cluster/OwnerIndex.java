package dev.reprise.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects by a key that several of them share, such as their owner's uid, so that a workload's pods
 * are found without looking at all pods of a namespace. Safe for many threads.
 */
final class OwnerIndex<T> {

  private final Function<T, String> ownerOf;
  private final Function<T, String> nameOf;
  private final Map<String, Map<String, T>> byOwner = new HashMap<>();

  OwnerIndex(Function<T, String> ownerOf, Function<T, String> nameOf) {
    this.ownerOf = ownerOf;
    this.nameOf = nameOf;
  }

  /** Takes in a change: {@code before} is null for a new object, {@code now} for a deleted one. */
  synchronized void change(@Nullable T before, @Nullable T now) {
    if (before != null) {
      byOwner.computeIfPresent(
          ownerOf.apply(before),
          (_, owned) -> {
            owned.remove(nameOf.apply(before));
            return owned.isEmpty() ? null : owned;
          });
    }
    if (now != null) {
      byOwner.computeIfAbsent(ownerOf.apply(now), _ -> new HashMap<>()).put(nameOf.apply(now), now);
    }
  }

  synchronized List<T> ownedBy(String owner) {
    return List.copyOf(byOwner.getOrDefault(owner, Map.of()).values());
  }
}
