package dev.reprise.reconcile;

import dev.reprise.restart.GroupMembership;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.Landed;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Members whose trigger is recorded with their group: it may have been written before there is a
 * Restart of their own. By the cache, which holds the group at least as new as the Restart.
 */
final class RecordedMembers {

  private final RestartStore store;
  private final GroupStore groups;

  /** What this leader's writes have left; the next one finds out by a live read. */
  private final ConcurrentHashMap<RestartKey, Landed> landed = new ConcurrentHashMap<>();

  RecordedMembers(RestartStore store, GroupStore groups) {
    this.store = store;
    this.groups = groups;
  }

  /** Those that have begun and are not made yet, as they will be. */
  Stream<Restart> unmade() {
    return groups.groups().stream()
        .filter(group -> !group.isFinished())
        .flatMap(RestartGroup::beginning)
        .filter(member -> store.cachedOne(member.key()).isEmpty());
  }

  Optional<Restart> unmade(RestartKey key) {
    return unmade().filter(member -> member.key().equals(key)).findFirst();
  }

  /** The trigger of this member has taken effect. */
  void note(RestartKey member, Landed left) {
    landed.put(member, left);
  }

  /** What its Restart begins with; empty where that decides by itself. */
  Optional<RestartStatus> beginningOf(Restart restart) {
    Optional<RestartStatus> begun =
        groupOf(restart)
            .flatMap(group ->
                group.status().members().stream()
                    .filter(member -> member.restart().equals(restart.key().name()))
                    .map(group::restartOf)
                    .findFirst())
            .filter(Restart::hasBegun)
            .map(Restart::status);
    Landed left = landed.remove(restart.key());
    return left == null ? begun : begun.map(status -> status.landed(left));
  }

  private Optional<RestartGroup> groupOf(Restart restart) {
    GroupMembership membership = restart.spec().group();
    return membership == null
        ? Optional.empty()
        : restart
            .groupKey()
            .flatMap(store::cached)
            .filter(RestartGroup.class::isInstance)
            .map(RestartGroup.class::cast)
            .filter(group -> group.uid().equals(membership.uid()));
  }
}
