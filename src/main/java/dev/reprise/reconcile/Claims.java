package dev.reprise.reconcile;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether another Restart has a workload. */
final class Claims {

  /** Who has not begun comes last. */
  private static final Comparator<Restart> FIRST_BEGUN =
      Comparator.<Restart, @Nullable Instant>comparing(
              restart -> restart.status().startedAt(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(restart -> restart.key().name());

  private final RestartStore store;

  Claims(RestartStore store) {
    this.store = store;
  }

  /** Why {@code restart} must not touch the workload now; empty when it may. */
  Optional<String> inTheWay(Restart restart, WorkloadSnapshot workload) {
    return claimant(restart, workload)
        .filter(other -> !other.isFinished())
        .or(() -> triggered(restart, workload.ref()))
        .map(other -> "%s is being restarted by %s".formatted(workload.ref(), other.key().name()));
  }

  /**
   * Whether the claimant, another Restart, decided on the very same trigger value: then the value
   * in the workload may be that one's, and is no sign that ours has landed.
   */
  boolean hasSameValue(Restart restart, WorkloadSnapshot workload, Trigger trigger) {
    return claimant(restart, workload)
        .map(other -> other.status().trigger())
        .filter(other -> other.value().equals(trigger.value()))
        .isPresent();
  }

  /** Named by the claim on the workload; what is written there is untrusted and may name nobody. */
  private Optional<Restart> claimant(Restart restart, WorkloadSnapshot workload) {
    String claim = workload.metadata().claim();
    if (claim == null || claim.equals(restart.key().name()) || !RestartKey.canName(claim)) {
      return Optional.empty();
    }
    return find(new RestartKey(restart.key().namespace(), claim))
        .filter(other -> other.concerns(workload.ref()));
  }

  /** Only that it has ended is believed of the cache: then it does not change any more. */
  private Optional<Restart> find(RestartKey key) {
    Optional<Restart> cached = store.cached(key).filter(Restart::isFinished);
    try {
      return cached.isPresent() ? cached : store.readLive(key);
    } catch (ClusterRefused notReadable) {
      // One of another version, say; nothing of ours is under way there.
      return Optional.empty();
    }
  }

  /** The cache may not know yet that it has ended; to give way to such a one would be final. */
  private boolean isUnderWay(Restart other) {
    return !other.isFinished()
        && store.readLive(other.key()).filter(now -> !now.isFinished()).isPresent();
  }

  /**
   * Another Restart that has decided on its trigger, though the claim may not be there yet. Of two
   * that both have, only the later one gives way: if each did, nothing would be restarted.
   */
  private Optional<Restart> triggered(Restart restart, WorkloadRef workload) {
    return store.all().stream()
        .filter(other -> !other.isFinished() && other.status().trigger() != null)
        .filter(other -> other.concerns(workload))
        .filter(other -> !other.key().equals(restart.key()))
        .filter(other -> FIRST_BEGUN.compare(other, restart) < 0)
        .filter(this::isUnderWay)
        .findFirst();
  }
}
