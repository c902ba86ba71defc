package dev.reprise.progress;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.Observed;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.Following;
import dev.reprise.rollout.Remaining;
import dev.reprise.rollout.RolloutDetail;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.RolloutStatusRules;
import dev.reprise.rollout.WayBack;
import dev.reprise.rollout.WayBackRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a Restart with the progress of this moment, on any replica; safe for many threads. */
public final class LiveProgress {

  private final RestartStore store;
  private final WorkloadGateway workloads;
  private final InstantSource clock;

  /**
   * @param clock the API server's time
   */
  public LiveProgress(RestartStore store, WorkloadGateway workloads, InstantSource clock) {
    this.store = store;
    this.workloads = workloads;
    this.clock = clock;
  }

  /** What stands for that name, as it stands. */
  public Live now(AnyRestart any) {
    return switch (any) {
      case Restart restart -> now(restart);
      case RestartGroup group -> now(group);
    };
  }

  /** The group as the Restarts of its members tell that the cache has. */
  public LiveGroup now(RestartGroup group) {
    GroupStanding standing = GroupStanding.of(group, store::cachedOne);
    GroupStatus status = group.status();
    GroupCounts counts = standing.counts();
    boolean isUnderWay = group.hasBegun() && !group.isFinished();
    return new LiveGroup(
        isUnderWay
            ? group.with(status.progressing(status.reason(), standing.words(counts), counts))
            : group,
        standing,
        elapsed(status.startedAt(), status.finishedAt()));
  }

  /**
   * The Restart as it stands, computed from the shared watches; as its leader recorded it when it
   * is not under way or the watches have not caught up yet.
   */
  public LiveRestart now(Restart restart) {
    if (!isUnderWay(restart)) {
      return recorded(inLine(restart));
    }
    try (Following following = workloads.follow(restart.followed(), () -> {})) {
      return now(restart, following);
    }
  }

  /** The same by a watch that is there already. */
  LiveRestart now(Restart restart, Following following) {
    return isUnderWay(restart) && following.isSynced()
        ? following.state().map(state -> seen(restart, state)).orElseGet(() -> recorded(restart))
        : recorded(restart);
  }

  /** With its place among those that wait for one, which is recorded nowhere. */
  private Restart inLine(Restart restart) {
    RestartStatus status = restart.status();
    if (!status.isWaitingForPlace()) {
      return restart;
    }
    long before =
        store.unfinished().stream()
            .filter(other -> other.status().isWaitingForPlace())
            .filter(other -> other.key().namespace().equals(restart.key().namespace()))
            .filter(other -> Restart.IN_TURN.compare(other, restart) < 0)
            .count();
    return restart.with(
        status.waitingForPlace(
            "%s; %d before it in this namespace".formatted(status.message(), before)));
  }

  private static boolean isUnderWay(Restart restart) {
    return !restart.isFinished() && restart.status().landed() != null;
  }

  private LiveRestart seen(Restart restart, WorkloadState state) {
    Trigger trigger = Objects.requireNonNull(restart.status().trigger());
    if (!trigger.isFor(state.workload())) {
      return recorded(restart);
    }
    Landed landed = Objects.requireNonNull(restart.status().landed());
    RestartStatus known = known(restart, trigger, landed, state);
    RestartStatus status = Observed.status(known, trigger, landed, state, clock.instant());
    return live(
        restart.with(status),
        status.takenBack() == null
            ? RolloutDetail.of(trigger, landed, state)
            : RolloutDetail.ofWayBack(trigger, landed, state));
  }

  /**
   * A moment passes between taking the trigger back and the record of that, in which it must not
   * look like somebody else's change.
   */
  private static RestartStatus known(
      Restart restart, Trigger trigger, Landed landed, WorkloadState state) {
    RestartStatus status = restart.status();
    return restart.spec().cancel()
            && status.takenBack() == null
            && WayBackRules.begin(
                    RolloutStatusRules.judge(trigger, landed, state), trigger, landed, state)
                instanceof WayBack.Taken(Landed left)
        ? status.takenBack(left)
        : status;
  }

  /** The Restart as its leader last recorded it. */
  public LiveRestart recorded(Restart restart) {
    return live(restart, null);
  }

  private LiveRestart live(Restart restart, @Nullable RolloutDetail detail) {
    Duration elapsed = elapsed(restart.status().startedAt(), restart.status().finishedAt());
    boolean isByItsPods = detail == null || detail.steps() == null || !detail.steps().areAhead();
    return new LiveRestart(
        restart, detail, elapsed, isByItsPods ? remaining(restart, elapsed).orElse(null) : null);
  }

  private Duration elapsed(@Nullable Instant startedAt, @Nullable Instant finishedAt) {
    if (startedAt == null) {
      return Duration.ZERO;
    }
    Instant until = Objects.requireNonNullElseGet(finishedAt, clock::instant);
    Duration elapsed = Duration.between(startedAt, until);
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  private static Optional<Duration> remaining(Restart restart, Duration elapsed) {
    RolloutProgress progress = restart.status().progress();
    // How long it took forth tells nothing of the way back.
    return restart.isTakenBackOrFinished() || progress == null
        ? Optional.empty()
        : Remaining.of(elapsed, progress, !restart.status().blockers().isEmpty());
  }
}
