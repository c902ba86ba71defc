package dev.reprise.scenario;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How many pods were ever made for each app of a namespace, by a watch of our own. */
final class MadePods implements AutoCloseable {

  private final Map<String, Set<String>> uids = new HashMap<>();
  private final Thread watching;
  private volatile boolean closed;

  MadePods(TestCluster cluster, Namespace namespace) {
    RawCluster raw = RawCluster.of(cluster.kubeconfig());
    watching = Thread.ofVirtual().start(() -> watch(raw, namespace.name()));
  }

  private void watch(RawCluster raw, String namespace) {
    while (!closed) {
      try {
        raw.watch("Pod", namespace, (_, pod) -> see(pod));
      } catch (IOException | RuntimeException _) {
        // Closed, or broken: on a machine that is busy, watches fall silent. Begun anew, it tells
        // of those that are there.
      }
    }
  }

  private synchronized void see(JsonObject pod) {
    JsonObject metadata = pod.getAsJsonObject("metadata");
    JsonElement labels = metadata.get("labels");
    if (labels != null && labels.getAsJsonObject().get("app") instanceof JsonElement app) {
      uids.computeIfAbsent(app.getAsString(), _ -> new HashSet<>())
          .add(metadata.get("uid").getAsString());
    }
  }

  /** Those until now, once the watch has shown these that are there. */
  int madeUntil(String app, Set<String> present) {
    await().atMost(Duration.ofMinutes(1)).until(() -> of(app).containsAll(present));
    return of(app).size();
  }

  private synchronized Set<String> of(String app) {
    return Set.copyOf(uids.getOrDefault(app, Set.of()));
  }

  @Override
  public void close() {
    closed = true;
    watching.interrupt();
  }
}
