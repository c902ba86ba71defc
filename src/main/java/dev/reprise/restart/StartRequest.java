package dev.reprise.restart;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A caller's wish to restart one workload.
 *
 * @param reason in the caller's own words, or null
 * @param notBefore when it may begin at the earliest; null for at once
 * @param idempotencyKey what the caller will repeat if the answer is lost, or null
 */
public record StartRequest(
    Caller caller,
    WorkloadRef target,
    Strategy strategy,
    @Nullable String reason,
    boolean acceptDowntime,
    WhenBusy whenBusy,
    @Nullable Instant notBefore,
    Duration timeout,
    @Nullable String idempotencyKey) {

  RestartSpec spec() {
    return new RestartSpec(
        target,
        strategy,
        reason,
        acceptDowntime,
        whenBusy,
        notBefore,
        timeout,
        caller,
        fingerprint(),
        null,
        false);
  }

  /**
   * Whether the other Restart is as good to this caller as one of their own: it asks the same, will
   * replace every pod that is there now, and does not end for being busy.
   */
  boolean canJoin(Restart other) {
    RestartSpec asked = other.spec();
    return !other.hasBegun()
        && !asked.cancel()
        && asked.whenBusy() != WhenBusy.Reject
        && asked.notBefore() == null
        && notBefore == null
        && asked.group() == null
        // It is withdrawn when the configuration changes again.
        && asked.reload() == null
        && asked.target().equals(target)
        && asked.strategy() == strategy
        && asked.acceptDowntime() == acceptDowntime
        && asked.timeout().equals(timeout);
  }

  /** The same for the same request by the same caller, whatever the order of its fields. */
  String fingerprint() {
    return HexFormat.of()
        .formatHex(
            RestartNames.sha256(
                caller.user(),
                target.toString(),
                strategy.name(),
                reason == null ? "none" : "some",
                Objects.toString(reason, ""),
                Boolean.toString(acceptDowntime),
                whenBusy.name(),
                Objects.toString(notBefore, "at once"),
                timeout.toString()));
  }
}
