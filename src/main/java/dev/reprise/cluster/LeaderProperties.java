package dev.reprise.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the replicas agree on which of them carries restarts out. By these defaults another one takes
 * over at most 13 s after a leader has crashed: the Lease was renewed at the moment of the crash, a
 * follower saw that up to 1.5 retry periods later, and tries again as soon as it has expired.
 *
 * @param name Name of the Lease.
 * @param namespace Namespace of the Lease; the one we run in unless given.
 * @param leaseDuration How long the others wait for a leader that has fallen silent.
 * @param renewDeadline How long a leader that cannot renew its Lease goes on. The difference to
 *     lease-duration is what clocks and pauses may differ by.
 * @param retryPeriod Time between two attempts to get or renew the Lease.
 */
@ConfigurationProperties("reprise.leader")
record LeaderProperties(
    @DefaultValue("reprise") String name,
    @Nullable String namespace,
    @DefaultValue("10s") Duration leaseDuration,
    @DefaultValue("7s") Duration renewDeadline,
    @DefaultValue("2s") Duration retryPeriod) {

  private static final Path OUR_NAMESPACE =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  LeaderProperties {
    // The API server takes whole seconds, at least one (spec.leaseDurationSeconds).
    if (leaseDuration.toSeconds() < 1 || leaseDuration.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "lease-duration must be whole seconds, not " + leaseDuration);
    }
    if (leaseDuration.compareTo(renewDeadline) <= 0) {
      throw new IllegalArgumentException("lease-duration must be longer than renew-deadline");
    }
    if (!retryPeriod.isPositive() || renewDeadline.compareTo(retryPeriod) <= 0) {
      throw new IllegalArgumentException(
          "renew-deadline must be longer than retry-period, and that longer than nothing");
    }
  }

  /** The namespace that is given, else the one we run in. */
  String namespaceOrOurs() {
    if (namespace != null) {
      return namespace;
    }
    try {
      return Files.readString(OUR_NAMESPACE).strip();
    } catch (IOException _) {
      return "default";
    }
  }
}
