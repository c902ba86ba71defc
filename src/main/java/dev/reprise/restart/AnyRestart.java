package dev.reprise.restart;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a name in the list of Restarts stands for: one workload's restart, or a group of them. */
public sealed interface AnyRestart permits Restart, RestartGroup {

  RestartKey key();

  String uid();

  String resourceVersion();

  /** When it was recorded, by the API server's clock. */
  Instant requestedAt();

  Caller requestedBy();

  /** Of caller and request; null where it did not come over HTTP. */
  @Nullable String fingerprint();

  Phase phase();

  /** When it ended, by the API server's clock; null before. */
  @Nullable Instant finishedAt();

  /** Whether somebody has asked to cancel it. */
  boolean isToBeCancelled();

  default boolean isFinished() {
    return phase().isFinished();
  }

  /** Whether its callers have been told all that a cancellation comes to. */
  boolean isTakenBackOrFinished();
}
