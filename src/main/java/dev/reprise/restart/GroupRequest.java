package dev.reprise.restart;

import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A caller's wish to restart a group of workloads of one namespace.
 *
 * @param asked without a fingerprint
 * @param idempotencyKey what the caller will repeat if the answer is lost, or null
 */
public record GroupRequest(String namespace, GroupSpec asked, @Nullable String idempotencyKey) {

  GroupSpec spec() {
    return asked.with(fingerprint());
  }

  /** The same for the same request by the same caller, and never that of a single restart. */
  String fingerprint() {
    return HexFormat.of()
        .formatHex(
            RestartNames.sha256(
                "group",
                asked.requestedBy().user(),
                asked.selection().words(),
                asked.strategy().name(),
                asked.reason() == null ? "none" : "some",
                Objects.toString(asked.reason(), ""),
                Boolean.toString(asked.acceptDowntime()),
                asked.whenBusy().name(),
                Objects.toString(asked.notBefore(), "at once"),
                asked.timeout().toString(),
                Integer.toString(asked.maxParallel()),
                asked.onFailure().name(),
                Boolean.toString(asked.skipRefused())));
  }
}
