package dev.reprise.restart;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadSelection;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A caller's wish to restart a group of workloads of one namespace; the fields are those of {@link
 * GroupSpec}.
 *
 * @param idempotencyKey what the caller will repeat if the answer is lost, or null
 */
public record GroupRequest(
    Caller caller,
    String namespace,
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
    @Nullable String idempotencyKey) {

  GroupSpec spec() {
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
        caller,
        fingerprint(),
        false);
  }

  /** The same for the same request by the same caller, and never that of a single restart. */
  String fingerprint() {
    return HexFormat.of()
        .formatHex(
            RestartNames.sha256(
                "group",
                caller.user(),
                selection.words(),
                strategy.name(),
                reason == null ? "none" : "some",
                Objects.toString(reason, ""),
                Boolean.toString(acceptDowntime),
                whenBusy.name(),
                Objects.toString(notBefore, "at once"),
                timeout.toString(),
                Integer.toString(maxParallel),
                onFailure.name(),
                Boolean.toString(skipRefused)));
  }
}
