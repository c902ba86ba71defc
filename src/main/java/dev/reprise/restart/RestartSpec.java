package dev.reprise.restart;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param reason in the caller's own words, or null
 * @param notBefore when it may begin at the earliest; null for at once
 * @param timeout how long the restart may take from its beginning
 * @param fingerprint of caller and request, to tell a repeated request from another one under the
 *     same name; null for a Restart that did not come over HTTP
 * @param group the group that it is a member of, or null
 * @param reload what it knows of the configuration for whose sake it was made; null unless that is
 *     why
 * @param cancel whether it is to be cancelled
 */
public record RestartSpec(
    WorkloadRef target,
    Strategy strategy,
    @Nullable String reason,
    boolean acceptDowntime,
    WhenBusy whenBusy,
    @Nullable Instant notBefore,
    Duration timeout,
    Caller requestedBy,
    @Nullable String fingerprint,
    @Nullable GroupMembership group,
    @Nullable Reload reload,
    boolean cancel) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  /** One that has nothing to do with configuration. */
  public RestartSpec(
      WorkloadRef target,
      Strategy strategy,
      @Nullable String reason,
      boolean acceptDowntime,
      WhenBusy whenBusy,
      @Nullable Instant notBefore,
      Duration timeout,
      Caller requestedBy,
      @Nullable String fingerprint,
      @Nullable GroupMembership group,
      boolean cancel) {
    this(
        target,
        strategy,
        reason,
        acceptDowntime,
        whenBusy,
        notBefore,
        timeout,
        requestedBy,
        fingerprint,
        group,
        null,
        cancel);
  }

  /** The same, to be cancelled. */
  public RestartSpec cancelled() {
    return new RestartSpec(
        target,
        strategy,
        reason,
        acceptDowntime,
        whenBusy,
        notBefore,
        timeout,
        requestedBy,
        fingerprint,
        group,
        reload,
        true);
  }
}
