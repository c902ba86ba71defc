package dev.reprise.reconcile;

import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the Restarts of those members of a group that may begin. */
final class MemberStarts {

  /** More creates at once do not make the API server faster, only each of them slower. */
  private static final int AT_ONCE = 16;

  private final RestartStore restarts;
  private final GroupStore groups;
  private final Leadership leadership;

  /** Those that this leader has made: where one of them is gone, somebody has deleted it. */
  private final Set<RestartKey> made = ConcurrentHashMap.newKeySet();

  MemberStarts(RestartStore restarts, GroupStore groups, Leadership leadership) {
    this.restarts = restarts;
    this.groups = groups;
    this.leadership = leadership;
  }

  /** Makes those that are not there; what fails is thrown once the others are made. */
  void make(RestartGroup group) {
    List<Integer> missing =
        group.status().starting().stream()
            .filter(place -> isMissing(group, place))
            .boxed()
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    SideBySide.run(
        missing.stream().<Runnable>map(place -> () -> make(group, place)).toList(), AT_ONCE);
  }

  private boolean isMissing(RestartGroup group, int place) {
    RestartKey key = keyOf(group, place);
    return !made.contains(key) && restarts.cached(key).isEmpty();
  }

  private void make(RestartGroup group, int place) {
    if (leadership.isLeader()) {
      groups.createMember(group, group.status().members().get(place));
      made.add(keyOf(group, place));
    }
  }

  private static RestartKey keyOf(RestartGroup group, int place) {
    return group.keyOf(group.status().members().get(place));
  }

  /** The group has ended or is gone: nothing of it is made any more. */
  void forget(RestartGroup group) {
    group.status().members().stream().map(group::keyOf).toList().forEach(made::remove);
  }
}
