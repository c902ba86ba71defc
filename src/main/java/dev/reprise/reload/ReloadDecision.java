package dev.reprise.reload;

import dev.reprise.restart.Reload;
import dev.reprise.restart.Restart;
import dev.reprise.workload.ConfigReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is to be done about a workload, by what its configuration is and what was done before. */
sealed interface ReloadDecision {

  /** It runs with what its configuration is, or is about to. */
  record Nothing() implements ReloadDecision {}

  /** To note what the configuration is, and to restart nothing. */
  record Note(Reload reload) implements ReloadDecision {}

  /**
   * To be restarted.
   *
   * @param changed why, in the order in which it is told
   */
  record Start(Reload reload, List<ConfigReference> changed) implements ReloadDecision {}

  /** This one has not begun, and what it was made for is no longer so. */
  record Withdraw(Restart pending) implements ReloadDecision {}

  /**
   * Decides. What is not there now counts as it was before: pods could not begin without it, and
   * when it is there again it may be the same.
   *
   * @param now the hashes of what is there, of the configs of this workload
   * @param before all Restarts that were made for its configuration
   * @param key of these hashes
   */
  static ReloadDecision decide(
      Reloadable workload,
      Map<ConfigReference, String> now,
      Collection<Restart> before,
      String key) {
    Optional<Restart> newest = newest(before);
    if (newest.isEmpty()) {
      return new Note(next(workload, Optional.empty(), now, key, true));
    }
    Restart last = newest.get();
    Reload noted = noted(last);
    if (!noted.key().equals(key)) {
      return last.isFinished() ? new Note(next(workload, newest, now, key, true)) : new Nothing();
    }
    Map<ConfigReference, String> contents = new HashMap<>(noted.contents());
    contents.putAll(now);
    contents.keySet().retainAll(workload.configs());
    Set<ConfigReference> changed = differing(noted.contents(), contents);
    if (!last.isFinished()) {
      return changed.isEmpty() || last.hasBegun() || last.isToBeCancelled()
          ? new Nothing()
          : new Withdraw(last);
    }
    if (changed.isEmpty()) {
      return contents.equals(noted.contents())
          ? new Nothing()
          : new Note(next(workload, newest, contents, key, true));
    }
    boolean isBack =
        running(before, key).filter(running -> differing(running, contents).isEmpty()).isPresent();
    return isBack
        ? new Note(next(workload, newest, contents, key, true))
        : new Start(
            next(workload, newest, contents, key, false), changed.stream().sorted().toList());
  }

  private static Optional<Restart> newest(Collection<Restart> before) {
    return before.stream().max(Reload.IN_ORDER);
  }

  /** What the pods began with: what the last one noted that has touched them, or found them so. */
  private static Optional<Map<ConfigReference, String>> running(
      Collection<Restart> before, String key) {
    return newest(
            before.stream()
                .filter(restart -> restart.isBaseline() || restart.status().landed() != null)
                .toList())
        .map(ReloadDecision::noted)
        .filter(noted -> noted.key().equals(key))
        .map(Reload::contents);
  }

  /** What is known of both and not the same. */
  private static Set<ConfigReference> differing(
      Map<ConfigReference, String> some, Map<ConfigReference, String> others) {
    Set<ConfigReference> both = new HashSet<>(some.keySet());
    both.retainAll(others.keySet());
    both.removeIf(config -> Objects.equals(some.get(config), others.get(config)));
    return both;
  }

  private static Reload next(
      Reloadable workload,
      Optional<Restart> previous,
      Map<ConfigReference, String> contents,
      String key,
      boolean baseline) {
    return new Reload(
        workload.uid(),
        previous.map(restart -> noted(restart).number()).orElse(0L) + 1,
        previous.map(Restart::uid).orElse(null),
        key,
        contents,
        baseline);
  }

  private static Reload noted(Restart restart) {
    Reload reload = restart.reload();
    if (reload == null) {
      throw new IllegalArgumentException("Not made for configuration: " + restart.key());
    }
    return reload;
  }
}
