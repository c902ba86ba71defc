package dev.reprise.restart;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSelection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which group of workloads is to be restarted, and how.
 *
 * @param reason in the caller's own words, or null
 * @param notBefore when it may begin at the earliest; null for at once
 * @param timeout how long each member may take from its own beginning
 * @param maxParallel at most so many members are under way at once, at least 1
 * @param skipRefused whether members that would be refused are left out, instead of refusing all
 * @param fingerprint as of {@link RestartSpec}
 * @param cancel whether it is to be cancelled
 */
public record GroupSpec(
    WorkloadSelection selection,
    Strategy strategy,
    @Nullable String reason,
    boolean acceptDowntime,
    WhenBusy whenBusy,
    @Nullable Instant notBefore,
    Duration timeout,
    int maxParallel,
    OnFailure onFailure,
    boolean skipRefused,
    Caller requestedBy,
    @Nullable String fingerprint,
    boolean cancel) {

  /** A pace at which a surge of pods per member goes unnoticed in most clusters. */
  public static final int DEFAULT_MAX_PARALLEL = 5;

  /** So many fit into one object of the API server, which takes 1.5 MiB at most. */
  public static final int MOST_MEMBERS = 5000;

  public GroupSpec {
    if (maxParallel < 1) {
      throw new IllegalArgumentException("maxParallel is at least 1");
    }
  }

  /** What the Restart of one member asks for. */
  public RestartSpec ofMember(WorkloadRef target, GroupMembership group) {
    return new RestartSpec(
        target,
        strategy,
        reason,
        acceptDowntime,
        whenBusy,
        null,
        timeout,
        requestedBy,
        null,
        group,
        false);
  }

  /** The same with this fingerprint. */
  GroupSpec with(String made) {
    return with(made, cancel);
  }

  /** The same, to be cancelled. */
  public GroupSpec cancelled() {
    return with(fingerprint, true);
  }

  private GroupSpec with(@Nullable String itsFingerprint, boolean toBeCancelled) {
    return new GroupSpec(
        selection,
        strategy,
        reason,
        acceptDowntime,
        whenBusy,
        notBefore,
        timeout,
        maxParallel,
        onFailure,
        skipRefused,
        requestedBy,
        itsFingerprint,
        toBeCancelled);
  }
}
