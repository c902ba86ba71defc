package dev.reprise.restart;

import dev.reprise.plan.GroupPlan.Skipped;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Restarts as one caller sees them: those of workloads that they may restart. A group is seen
 * by who may restart all of it. Safe for use by many threads.
 */
public final class VisibleRestarts {

  private static final Set<WorkloadKind> ALL_KINDS = Set.of(WorkloadKind.values());

  private final RestartStore store;
  private final Access access;

  public VisibleRestarts(RestartStore store, Access access) {
    this.store = store;
    this.access = access;
  }

  /**
   * The Restart of that name; empty when there is none and the caller would see any that there
   * might be.
   *
   * @throws Forbidden when the caller may not see it, or may not be told that there is none
   */
  public Optional<AnyRestart> find(Caller caller, RestartKey key) {
    Optional<AnyRestart> found = store.find(key);
    if (found.isPresent()) {
      require(caller, found.get());
    } else if (!access.coversAll(caller, key.namespace(), ALL_KINDS)) {
      throw Forbidden.look(caller, key);
    }
    return found;
  }

  /**
   * Lets those pass who see it.
   *
   * @throws Forbidden to all others
   */
  void require(Caller caller, AnyRestart any) {
    if (among(caller, List.of(any)).isEmpty()) {
      throw Forbidden.look(caller, any.key());
    }
  }

  /** Those of them that the caller sees, in their order. */
  public List<AnyRestart> among(Caller caller, Collection<AnyRestart> restarts) {
    Set<WorkloadRef> allowed =
        access.restartable(
            caller, restarts.stream().flatMap(any -> workloads(caller, any)).toList());
    return restarts.stream().filter(any -> isSeen(caller, any, allowed)).toList();
  }

  private boolean isSeen(Caller caller, AnyRestart any, Set<WorkloadRef> allowed) {
    List<WorkloadRef> needed = workloads(caller, any).toList();
    return needed.isEmpty() ? isSeenEmpty(caller, any) : allowed.containsAll(needed);
  }

  /** Of a group nobody has chosen members for, whoever asked for it may hear. */
  private boolean isSeenEmpty(Caller caller, AnyRestart any) {
    return switch (any) {
      case Restart _ -> false;
      case RestartGroup group ->
          isOf(caller, group) || access.coversAll(caller, group.key().namespace(), kinds(group));
    };
  }

  private static Stream<WorkloadRef> workloads(Caller caller, AnyRestart any) {
    return switch (any) {
      case Restart restart -> Stream.of(restart.target());
      // Whoever asked has been told which were left out, for instance for want of a right.
      case RestartGroup group when isOf(caller, group) -> members(group);
      case RestartGroup group ->
          Stream.concat(members(group), group.status().skipped().stream().map(Skipped::target));
    };
  }

  private static Stream<WorkloadRef> members(RestartGroup group) {
    return group.status().members().stream().map(Member::target);
  }

  private static boolean isOf(Caller caller, RestartGroup group) {
    return group.requestedBy().user().equals(caller.user());
  }

  private static Set<WorkloadKind> kinds(RestartGroup group) {
    Set<WorkloadKind> kinds = group.spec().selection().kinds();
    return kinds.isEmpty() ? ALL_KINDS : kinds;
  }
}
