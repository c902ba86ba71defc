package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One kind of object under watch in all namespaces that we cover. */
final class CoveredKind<T> {

  private final List<Reflector<T>> reflectors;

  CoveredKind(
      ReflectorFactory factory,
      ApiResource resource,
      Function<JsonObject, T> mapping,
      BiConsumer<@Nullable T, @Nullable T> onChange) {
    this(factory, resource, Selection.ALL, mapping, onChange);
  }

  /** The same, of those objects alone that are selected. */
  CoveredKind(
      ReflectorFactory factory,
      ApiResource resource,
      Selection selection,
      Function<JsonObject, T> mapping,
      BiConsumer<@Nullable T, @Nullable T> onChange) {
    reflectors =
        factory.coveredNamespaces().stream()
            .map(namespace ->
                factory.of(resource, namespace.orElse(null), selection, mapping, onChange))
            .toList();
  }

  /** Has this called whenever a part of it becomes known. */
  void whenSynced(Runnable told) {
    reflectors.forEach(reflector -> reflector.whenSynced(told));
  }

  void start() {
    reflectors.forEach(Reflector::start);
  }

  void stop() {
    reflectors.forEach(Reflector::stop);
  }

  boolean isSynced() {
    return reflectors.stream().allMatch(Reflector::isSynced);
  }

  /** Whether all of a namespace is listed, and no watch has ended without another in its place. */
  boolean isUnbroken(String namespace) {
    return reflectors.stream()
        .filter(reflector -> reflector.covers(namespace))
        .allMatch(Reflector::isUnbroken);
  }

  Optional<T> get(String namespace, String name) {
    return reflectors.stream()
        .flatMap(reflector -> reflector.get(namespace, name).stream())
        .findFirst();
  }

  /**
   * Takes in what the API server answered to a write of ours, so that we need not wait for the
   * watch; nothing where we don't watch.
   */
  void wrote(JsonObject object) {
    String namespace = ObjectKey.of(object).namespace();
    reflectors.stream()
        .filter(reflector -> reflector.covers(namespace))
        .forEach(reflector -> reflector.wrote(object));
  }

  List<T> inNamespace(String namespace) {
    return reflectors.stream()
        .map(reflector -> reflector.inNamespace(namespace))
        .flatMap(Collection::stream)
        .toList();
  }

  /** Why what is known of a namespace is not all there is, or may be old; empty when it is all. */
  Optional<String> gap(String namespace) {
    return reflectors.stream()
        .filter(reflector -> reflector.covers(namespace))
        .flatMap(reflector -> gap(reflector).stream())
        .findFirst();
  }

  /** A watch that has broken off goes on in a moment; one that is forbidden does not. */
  private static Optional<String> gap(Reflector<?> reflector) {
    ApiFailure failure = reflector.lastFailure();
    if (failure == null) {
      return reflector.isSynced() ? Optional.empty() : Optional.of("they have not been listed yet");
    }
    return reflector.isSynced() && failure.code() != 403
        ? Optional.empty()
        : Optional.of(failure.serverMessage());
  }

  List<T> all() {
    return reflectors.stream().map(Reflector::all).flatMap(Collection::stream).toList();
  }

  List<Reflector<T>> reflectors() {
    return reflectors;
  }

  @Override
  public String toString() {
    return reflectors.toString();
  }
}
