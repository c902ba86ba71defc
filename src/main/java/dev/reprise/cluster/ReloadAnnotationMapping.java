package dev.reprise.cluster;

import dev.reprise.workload.ReloadAnnotations;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a workload's annotations say of its configuration, as they are. */
final class ReloadAnnotationMapping {

  private static final Set<String> OWN =
      Stream.of(
              ReloadAnnotations.OURS,
              ReloadAnnotations.RELOADERS,
              Set.of(ReloadAnnotations.RELOADER_STRATEGY))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private ReloadAnnotationMapping() {}

  /** Reloader looks at the pod template only where the workload itself says nothing to it. */
  static Map<String, String> of(Node workload) {
    Map<String, String> own = texts(workload.at("metadata", "annotations"), OWN);
    Map<String, String> all =
        own.keySet().stream().anyMatch(ReloadAnnotations.RELOADERS::contains)
            ? Map.of()
            : texts(
                workload.at("spec", "template", "metadata", "annotations"),
                ReloadAnnotations.RELOADERS);
    return Stream.of(own, all)
        .flatMap(texts -> texts.entrySet().stream())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map<String, String> texts(Node annotations, Set<String> keys) {
    return keys.stream()
        .filter(key -> annotations.at(key).text() != null)
        .collect(Collectors.toMap(Function.identity(), key -> cut(annotations.at(key).textOr(""))));
  }

  /** One character more than is understood, so that it is seen to be too long. */
  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), ReloadAnnotations.LONGEST + 1));
  }
}
