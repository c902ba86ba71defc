package dev.reprise.restart;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param reason in the caller's own words, or null
 * @param timeout how long the restart may take from its beginning
 * @param fingerprint of caller and request, to tell a repeated request from another one under the
 *     same name; null for a Restart that did not come over HTTP
 * @param cancel whether it is to be cancelled
 */
public record RestartSpec(
    WorkloadRef target,
    Strategy strategy,
    @Nullable String reason,
    boolean acceptDowntime,
    WhenBusy whenBusy,
    Duration timeout,
    Caller requestedBy,
    @Nullable String fingerprint,
    boolean cancel) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);
}
