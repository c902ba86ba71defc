package dev.reprise.reload;

import static dev.reprise.workload.ReloadAnnotations.LONGEST;
import static dev.reprise.workload.ReloadAnnotations.RELOAD;
import static dev.reprise.workload.ReloadAnnotations.STRATEGY;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.RestartKey;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the annotations of a workload say about configuration. */
final class ReloadRules {

  private ReloadRules() {}

  /** What came of reading them. */
  sealed interface Reading {

    /** They say nothing of it. */
    record Nothing() implements Reading {}

    record Says(ReloadRule rule) implements Reading {}

    /**
     * They say something that this version does not understand, so nothing is done.
     *
     * @param why with the annotation's name, and not its text
     */
    record NotUnderstood(String why) implements Reading {}
  }

  /** Our own annotations. */
  static Reading of(Map<String, String> annotations) {
    String text = annotations.get(RELOAD);
    if (text == null) {
      return new Reading.Nothing();
    }
    Optional<Strategy> strategy = strategy(annotations.getOrDefault(STRATEGY, "Auto"));
    if (strategy.isEmpty()) {
      return new Reading.NotUnderstood(
          "The annotation %s is none of Auto, NewRevision and RecreatePods".formatted(STRATEGY));
    }
    if (text.strip().equalsIgnoreCase("auto")) {
      return says(EnumSet.allOf(Kind.class), Set.of(), strategy.get());
    }
    Set<ConfigReference> named = new HashSet<>();
    for (String part : text.split(",", -1)) {
      Optional<ConfigReference> config = config(part.strip());
      if (config.isEmpty() || text.length() > LONGEST) {
        return new Reading.NotUnderstood(
            "The annotation %s is neither auto nor a list like configmap/a,secret/b"
                .formatted(RELOAD));
      }
      named.add(config.get());
    }
    return says(Set.of(), named, strategy.get());
  }

  private static Reading says(Set<Kind> every, Set<ConfigReference> named, Strategy strategy) {
    return new Reading.Says(new ReloadRule(every, named, List.of(), Set.of(), strategy));
  }

  private static Optional<Strategy> strategy(String text) {
    return Arrays.stream(Strategy.values())
        .filter(strategy -> strategy.name().equalsIgnoreCase(text.strip()))
        .findFirst();
  }

  private static Optional<ConfigReference> config(String text) {
    int slash = text.indexOf('/');
    String name = text.substring(slash + 1);
    if (slash < 0 || !RestartKey.canName(name)) {
      return Optional.empty();
    }
    return switch (text.substring(0, slash).toLowerCase(Locale.ROOT)) {
      case "configmap", "cm" -> Optional.of(new ConfigReference(Kind.ConfigMap, name));
      case "secret" -> Optional.of(new ConfigReference(Kind.Secret, name));
      default -> Optional.empty();
    };
  }
}
