package dev.reprise.restart;

import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps runaway callers from restarting a workload again and again. It guards the HTTP API; what is
 * written with kubectl comes from a person. By the cache: it is a guard, not a promise.
 */
public final class Cooldown {

  private final RestartStore store;
  private final Duration length;
  private final InstantSource clock;

  /**
   * @param length from the beginning of a restart; zero for no cooldown
   * @param clock the API server's time
   */
  public Cooldown(RestartStore store, Duration length, InstantSource clock) {
    this.store = store;
    this.length = length;
    this.clock = clock;
  }

  /**
   * A restart that began too short a time ago.
   *
   * @param left how long nobody may ask for another one, positive
   */
  public record Cooling(Restart earlier, Duration left) {}

  /** The restart of one of these workloads that forbids another one for the longest time. */
  Optional<Cooling> of(Collection<WorkloadRef> workloads) {
    if (length.isZero()) {
      return Optional.empty();
    }
    Set<WorkloadRef> asked = Set.copyOf(workloads);
    return store.all().stream()
        .filter(restart -> asked.contains(restart.target()) || asked.contains(restart.followed()))
        .filter(restart -> restart.status().startedAt() != null)
        .map(restart -> new Cooling(restart, left(restart)))
        .filter(cooling -> cooling.left().isPositive())
        .max(Comparator.comparing(Cooling::left));
  }

  private Duration left(Restart restart) {
    Instant began = Objects.requireNonNull(restart.status().startedAt());
    return Duration.between(clock.instant(), began.plus(length));
  }
}
