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
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** How many pods of an app are ready at once, counted at each event of a watch of our own. */
final class ReadyPods implements AutoCloseable {

  private final String app;
  private final Map<String, Boolean> ready = new HashMap<>();
  private final Thread watching;
  private int lowest = Integer.MAX_VALUE;

  /** Returns when it has seen so many of them ready. */
  ReadyPods(TestCluster cluster, Namespace namespace, String app, int present) {
    this.app = app;
    RawCluster raw = RawCluster.of(cluster.kubeconfig());
    watching = Thread.ofVirtual().start(() -> watch(raw, namespace.name()));
    await().atMost(Duration.ofMinutes(2)).until(() -> begin(present));
  }

  private void watch(RawCluster raw, String namespace) {
    try {
      raw.watch("Pod", namespace, this::see);
    } catch (IOException | RuntimeException _) {
      // closed; had it broken, it would wait in vain for the last pods
    }
  }

  private synchronized void see(String event, JsonObject pod) {
    JsonObject metadata = pod.getAsJsonObject("metadata");
    JsonObject labels = metadata.getAsJsonObject("labels");
    if (labels == null || !labels.has("app") || !labels.get("app").getAsString().equals(app)) {
      return;
    }
    String uid = metadata.get("uid").getAsString();
    if (event.equals("DELETED")) {
      ready.remove(uid);
    } else {
      ready.put(uid, !metadata.has("deletionTimestamp") && isReady(pod));
    }
    if (lowest != Integer.MAX_VALUE) {
      lowest = Math.min(lowest, count());
    }
  }

  private static boolean isReady(JsonObject pod) {
    JsonElement conditions = pod.getAsJsonObject("status").get("conditions");
    return conditions != null
        && StreamSupport.stream(conditions.getAsJsonArray().spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .anyMatch(condition ->
                condition.get("type").getAsString().equals("Ready")
                    && condition.get("status").getAsString().equals("True"));
  }

  private synchronized boolean begin(int present) {
    if (count() == present) {
      lowest = present;
    }
    return lowest == present;
  }

  private int count() {
    return Math.toIntExact(ready.values().stream().filter(is -> is).count());
  }

  /** The fewest at once until now, when these are all pods that there are. */
  int lowestUntil(Set<String> uids) {
    await().atMost(Duration.ofMinutes(2)).until(() -> hasSeen(uids));
    return lowest;
  }

  private synchronized boolean hasSeen(Set<String> uids) {
    return ready.keySet().equals(uids);
  }

  @Override
  public void close() {
    watching.interrupt();
  }
}
