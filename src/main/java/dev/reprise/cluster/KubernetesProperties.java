package dev.reprise.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How we talk to the API server.
 *
 * @param kubeconfig Kubeconfig file; without one, the service account of the pod we run in.
 * @param context Context of the kubeconfig; its current one unless given.
 * @param namespaces Namespaces to cover; empty for all of them.
 * @param fieldManager Name under which the API server notes what we wrote. Never beginning with
 *     "kubectl": Flux takes such writes back, and so restarts again.
 * @param connectTimeout Longest time to connect.
 * @param requestTimeout Longest time for one request, its answer included.
 * @param deadline Longest time for a call with all its repetitions.
 * @param ping Time between HTTP/2 pings, which find dead connections.
 * @param watchSilence How long a watch may be silent before it is begun anew. The API server sends
 *     a bookmark about once a minute.
 * @param pageSize Objects in one page of a list.
 * @param restartsByOthers What becomes of a Restart that somebody else wrote, with kubectl for
 *     instance: Ignore it, or Accept it. Accept is for clusters where the chart's admission policy
 *     holds its writer to what they may restart; the chart sets both together.
 * @param changeCause Whether a new revision is written with kubernetes.io/change-cause, which
 *     "kubectl rollout history" shows: the reason, the caller and the Restart.
 */
@ConfigurationProperties("reprise.kubernetes")
record KubernetesProperties(
    @Nullable Path kubeconfig,
    @Nullable String context,
    @DefaultValue Set<String> namespaces,
    @DefaultValue("reprise") String fieldManager,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("10s") Duration requestTimeout,
    @DefaultValue("20s") Duration deadline,
    @DefaultValue("15s") Duration ping,
    @DefaultValue("90s") Duration watchSilence,
    @DefaultValue("500") int pageSize,
    @DefaultValue("Ignore") RestartsByOthers restartsByOthers,
    @DefaultValue("false") boolean changeCause) {

  KubernetesProperties {
    namespaces = Set.copyOf(namespaces);
    if (fieldManager.isBlank() || fieldManager.length() > 128) {
      throw new IllegalArgumentException("field-manager must have 1 to 128 characters");
    }
    if (fieldManager.startsWith("kubectl")) {
      throw new IllegalArgumentException(
          "field-manager must not begin with kubectl: Flux takes back what such managers write");
    }
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("request-timeout", requestTimeout);
    requirePositive("deadline", deadline);
    requirePositive("ping", ping);
    requirePositive("watch-silence", watchSilence);
    if (pageSize < 1) {
      throw new IllegalArgumentException("page-size must be at least 1, not " + pageSize);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be longer than nothing, not " + value);
    }
  }
}
