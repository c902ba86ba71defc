package dev.reprise.reload;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.ConfigReference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an owner wants to be restarted for.
 *
 * @param every of what the pod template refers to, these kinds whatever their names
 * @param named these, whether the pod template refers to them or not
 * @param like of what the pod template refers to, those whose names look so
 * @param except never these
 * @param strategy how it is restarted then
 */
record ReloadRule(
    Set<ConfigReference.Kind> every,
    Set<ConfigReference> named,
    List<NamePattern> like,
    Set<ConfigReference> except,
    Strategy strategy) {

  ReloadRule {
    every = Set.copyOf(every);
    named = Set.copyOf(named);
    like = List.copyOf(like);
    except = Set.copyOf(except);
  }

  /** What it is to be restarted for, of a pod template that uses these. */
  Set<ConfigReference> of(Set<ConfigReference> used) {
    return Stream.concat(used.stream().filter(this::takesIn), named.stream())
        .filter(config -> !except.contains(config))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean takesIn(ConfigReference config) {
    return every.contains(config.kind())
        || like.stream().anyMatch(pattern -> pattern.matches(config));
  }
}
