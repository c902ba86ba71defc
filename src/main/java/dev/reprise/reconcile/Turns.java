package dev.reprise.reconcile;

import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose turn it is, of the Restarts of one workload. */
final class Turns {

  private final RestartStore store;
  private final RecordedMembers recorded;

  Turns(RestartStore store, RecordedMembers recorded) {
    this.store = store;
    this.recorded = recorded;
  }

  /**
   * What a Restart waits for that has not begun; empty when its turn may have come. By the cache:
   * what it does not know yet wakes whoever waits as soon as it does.
   */
  Optional<String> waitsFor(Restart restart) {
    List<Restart> before =
        others(restart, List.of(restart.target()))
            .filter(other -> isBefore(other, restart))
            .sorted(Restart.IN_TURN)
            .toList();
    if (before.isEmpty()) {
      return Optional.empty();
    }
    long waiting = before.stream().skip(1).filter(other -> !other.hasBegun()).count();
    return Optional.of(waitingFor(before.getFirst(), Math.toIntExact(waiting)));
  }

  /**
   * @param others how many wait that come before it
   */
  static String waitingFor(Restart restart, int others) {
    String what = "Waiting for restart %s to end".formatted(restart.key().name());
    return switch (others) {
      case 0 -> what;
      case 1 -> what + "; 1 other waits before it";
      default -> "%s; %d others wait before it".formatted(what, others);
    };
  }

  /**
   * A Restart that comes before this one, as it is now. The cache may not show yet that it has
   * begun, or that it has ended; to give way to one that has ended would be final.
   *
   * @param state of the workload whose pods restart
   */
  Optional<Restart> before(Restart restart, WorkloadState state) {
    return others(restart, samePods(restart, state))
        .filter(other -> other.hasBegun() || !restart.hasBegun())
        .sorted(Restart.IN_TURN)
        .flatMap(other -> now(other.key()).stream())
        .filter(now -> !now.isFinished() && isBefore(now, restart))
        .findFirst();
  }

  private Optional<Restart> now(RestartKey key) {
    return store.readOneLive(key).or(() -> recorded.unmade(key));
  }

  /** Who has not begun may have been asked for by the Deployment that a Rollout refers to. */
  private static List<WorkloadRef> samePods(Restart restart, WorkloadState state) {
    return Stream.of(
            Stream.of(restart.target(), state.workload().ref()),
            Optional.ofNullable(state.references().referenced())
                .map(WorkloadSnapshot::ref)
                .stream())
        .flatMap(refs -> refs)
        .distinct()
        .toList();
  }

  private Stream<Restart> others(Restart restart, List<WorkloadRef> workloads) {
    return Stream.concat(store.all().stream(), recorded.unmade())
        .filter(other -> !other.isFinished() && !other.isAside())
        .filter(other -> workloads.stream().anyMatch(other::concerns))
        .filter(other -> !other.key().equals(restart.key()));
  }

  /**
   * Of two that have begun only the later one gives way: if each did, nothing would be restarted.
   * Two that have not begun and won't wait are in each other's way only when one of them begins.
   */
  private static boolean isBefore(Restart other, Restart restart) {
    return Restart.IN_TURN.compare(other, restart) < 0
        && (other.hasBegun()
            || other.spec().whenBusy().waits()
            || restart.spec().whenBusy().waits());
  }

  /**
   * The Restart that has taken the place of one that has not begun: what it does to the workload it
   * has decided on after this one was asked for. When that was, the API server tells in whole
   * seconds: in the same one it may have been before, and then this one still has its turn.
   */
  Optional<Restart> successor(Restart restart) {
    return store.all().stream()
        .filter(Turns::hasTakenPlaces)
        .filter(other -> other.concerns(restart.target()))
        .filter(other ->
            Objects.requireNonNull(other.status().startedAt())
                .truncatedTo(ChronoUnit.SECONDS)
                .isAfter(restart.requestedAt()))
        .max(Restart.IN_TURN);
  }

  private static boolean hasTakenPlaces(Restart restart) {
    return restart.spec().whenBusy() == WhenBusy.Supersede && restart.status().landed() != null;
  }

  /**
   * Those for whom this change of a Restart may mean something: when it has ended or is deleted,
   * the others that wait, and when it has taken places, all of them. In the whole namespace, since
   * a Deployment and the Rollout that refers to it are one workload.
   */
  List<RestartKey> wokenBy(RestartKey changed) {
    Optional<Restart> now = store.cachedOne(changed);
    boolean hasTakenPlaces = now.filter(Turns::hasTakenPlaces).isPresent();
    if (now.isPresent() && !now.get().isFinished() && !hasTakenPlaces) {
      return List.of();
    }
    return store.unfinished().stream()
        .filter(other -> other.key().namespace().equals(changed.namespace()))
        .filter(other -> !other.key().equals(changed))
        .filter(other -> !other.hasBegun() || hasTakenPlaces)
        // Who waits for a place is woken when there is one.
        .filter(other -> !other.status().isWaitingForPlace() || hasTakenPlaces)
        .map(Restart::key)
        .toList();
  }
}
