package dev.reprise.cluster;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes reflectors, for the namespaces that we cover. */
final class ReflectorFactory {

  private final KubernetesApi api;
  private final Set<String> namespaces;
  private final Timing timing;

  /**
   * @param namespaces to cover; empty for all of them
   */
  ReflectorFactory(KubernetesApi api, Set<String> namespaces, Timing timing) {
    this.api = api;
    this.namespaces = namespaces;
    this.timing = timing;
  }

  boolean covers(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  /** What to watch so as to cover all: an empty element stands for all namespaces at once. */
  List<Optional<String>> coveredNamespaces() {
    return namespaces.isEmpty()
        ? List.of(Optional.empty())
        : namespaces.stream().map(Optional::of).toList();
  }

  /**
   * A reflector that is not yet started.
   *
   * @param namespace null for all of them
   * @param onChange hears the object before and now, each null where there is none
   */
  <T> Reflector<T> of(
      ApiResource resource,
      @Nullable String namespace,
      Function<JsonObject, T> mapping,
      BiConsumer<@Nullable T, @Nullable T> onChange) {
    return of(resource, namespace, Selection.ALL, mapping, onChange);
  }

  /** The same, of those objects alone that are selected. */
  <T> Reflector<T> of(
      ApiResource resource,
      @Nullable String namespace,
      Selection selection,
      Function<JsonObject, T> mapping,
      BiConsumer<@Nullable T, @Nullable T> onChange) {
    ApiPath collection = namespace == null ? resource.everywhere() : resource.in(namespace);
    Reflector<T> reflector = new Reflector<>(api, collection, selection, mapping, timing);
    reflector.listen((_, before, now) -> onChange.accept(before, now));
    return reflector;
  }
}
