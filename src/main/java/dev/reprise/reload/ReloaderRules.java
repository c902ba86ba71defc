package dev.reprise.reload;

import static dev.reprise.workload.ReloadAnnotations.RELOADER_AUTO;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_CONFIG_MAPS;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_CONFIG_MAP_AUTO;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_NO_CONFIG_MAPS;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_NO_SECRETS;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_SECRETS;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_SECRET_AUTO;
import static dev.reprise.workload.ReloadAnnotations.RELOADER_STRATEGY;

import dev.reprise.plan.Strategy;
import dev.reprise.restart.RestartKey;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import dev.reprise.workload.ReloadAnnotations;
import dev.reprise.workload.WorkloadKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What annotations for Stakater Reloader say; docs/reload.md has where that differs. */
final class ReloaderRules {

  private ReloaderRules() {}

  /**
   * @param kind of what is restarted: {@code rollout-strategy} means something for Rollouts alone
   */
  static ReloadRules.Reading of(Map<String, String> annotations, WorkloadKind kind) {
    boolean isTooLong =
        annotations.values().stream().anyMatch(text -> text.length() > ReloadAnnotations.LONGEST);
    if (isTooLong) {
      return new ReloadRules.Reading.NotUnderstood("An annotation of Reloader is too long");
    }
    Set<Kind> every = every(annotations);
    List<String> names =
        Stream.of(RELOADER_CONFIG_MAPS, RELOADER_SECRETS)
            .flatMap(key -> parts(annotations, key))
            .toList();
    return every.isEmpty() && names.isEmpty()
        ? new ReloadRules.Reading.Nothing()
        : new ReloadRules.Reading.Says(
            new ReloadRule(
                every,
                both(
                    names(annotations, RELOADER_CONFIG_MAPS, Kind.ConfigMap),
                    names(annotations, RELOADER_SECRETS, Kind.Secret)),
                Stream.concat(
                        patterns(annotations, RELOADER_CONFIG_MAPS, Kind.ConfigMap),
                        patterns(annotations, RELOADER_SECRETS, Kind.Secret))
                    .toList(),
                both(
                    names(annotations, RELOADER_NO_CONFIG_MAPS, Kind.ConfigMap),
                    names(annotations, RELOADER_NO_SECRETS, Kind.Secret)),
                strategy(annotations, kind)));
  }

  private static Set<Kind> every(Map<String, String> annotations) {
    Set<Kind> every = EnumSet.noneOf(Kind.class);
    if (isOn(annotations, RELOADER_AUTO) || isOn(annotations, RELOADER_CONFIG_MAP_AUTO)) {
      every.add(Kind.ConfigMap);
    }
    if (isOn(annotations, RELOADER_AUTO) || isOn(annotations, RELOADER_SECRET_AUTO)) {
      every.add(Kind.Secret);
    }
    return every;
  }

  private static boolean isOn(Map<String, String> annotations, String key) {
    return annotations.getOrDefault(key, "").equals("true");
  }

  private static Stream<String> parts(Map<String, String> annotations, String key) {
    return Arrays.stream(annotations.getOrDefault(key, "").split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty());
  }

  private static Stream<ConfigReference> names(
      Map<String, String> annotations, String key, Kind kind) {
    return parts(annotations, key)
        .filter(RestartKey::canName)
        .map(name -> new ConfigReference(kind, name));
  }

  private static Stream<NamePattern> patterns(
      Map<String, String> annotations, String key, Kind kind) {
    return parts(annotations, key)
        .filter(part -> part.contains(NamePattern.ANYTHING))
        .map(part -> NamePattern.parse(kind, part));
  }

  private static Set<ConfigReference> both(
      Stream<ConfigReference> some, Stream<ConfigReference> others) {
    return Stream.concat(some, others).collect(Collectors.toSet());
  }

  /** What Reloader calls a rollout is a new revision, and its restart is Argo's restartAt. */
  private static Strategy strategy(Map<String, String> annotations, WorkloadKind kind) {
    return switch (kind) {
      case ArgoRollout ->
          annotations.getOrDefault(RELOADER_STRATEGY, "").equals("restart")
              ? Strategy.RecreatePods
              : Strategy.NewRevision;
      case Deployment, StatefulSet, DaemonSet -> Strategy.NewRevision;
    };
  }
}
