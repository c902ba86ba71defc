package dev.reprise.reconcile;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WhenBusy;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Optional;

/** Whether another Restart has a workload. */
final class Claims {

  private final RestartStore store;
  private final RecordedMembers recorded;
  private final Turns turns;

  Claims(RestartStore store, RecordedMembers recorded, Turns turns) {
    this.store = store;
    this.recorded = recorded;
    this.turns = turns;
  }

  /**
   * The other Restart named by the claim on the workload; what is written there is untrusted and
   * may name nobody. One that has not begun has claimed nothing: the name stems from an earlier
   * one.
   */
  Optional<Restart> claimant(Restart restart, WorkloadSnapshot workload) {
    String claim = workload.metadata().claim();
    if (claim == null || claim.equals(restart.key().name()) || !RestartKey.canName(claim)) {
      return Optional.empty();
    }
    return find(new RestartKey(restart.key().namespace(), claim))
        .filter(Restart::hasBegun)
        .filter(other -> other.concerns(workload.ref()));
  }

  /** Only that it has ended is believed of the cache: then it does not change any more. */
  private Optional<Restart> find(RestartKey key) {
    Optional<Restart> cached = store.cachedOne(key).filter(Restart::isFinished);
    try {
      return cached.or(() -> store.readOneLive(key)).or(() -> recorded.unmade(key));
    } catch (ClusterRefused notReadable) {
      // One of another version, say; nothing of ours is under way there.
      return Optional.empty();
    }
  }

  /** The Restart for which {@code restart} must not touch the workload now; empty when it may. */
  Optional<Restart> inTheWay(Restart restart, WorkloadState state, Optional<Restart> claimant) {
    return restart.spec().whenBusy() == WhenBusy.Supersede
        ? Optional.empty()
        : claimant.filter(other -> !other.isFinished()).or(() -> turns.before(restart, state));
  }

  /** What to tell of one that does not wait. */
  static String busy(WorkloadRef workload, Restart other) {
    return "%s is being restarted by %s; whenBusy Wait begins when that has ended, Supersede takes its place"
        .formatted(workload, other.key().name());
  }

  /**
   * Whether the claimant, another Restart, decided on the very same trigger value: then the value
   * in the workload may be that one's, and is no sign that ours has landed.
   */
  static boolean hasSameValue(Optional<Restart> claimant, Trigger trigger) {
    return claimant
        .map(other -> other.status().trigger())
        .filter(other -> other.value().equals(trigger.value()))
        .isPresent();
  }

  /**
   * Whether the claimant has taken the place of {@code restart}, which has begun. Only a later one
   * has: the claim of an earlier one is what {@code restart} finds until its own write.
   */
  static boolean hasTakenThePlaceOf(Restart restart, Restart claimant) {
    return claimant.spec().whenBusy() == WhenBusy.Supersede
        && Restart.IN_TURN.compare(claimant, restart) > 0;
  }

  static Superseded supersededBy(Restart other) {
    return new Superseded(
        "SupersededByRestart", "Restart %s took its place".formatted(other.key().name()));
  }
}
