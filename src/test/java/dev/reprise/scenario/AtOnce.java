package dev.reprise.scenario;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many workloads of one pod each have had another pod, or one that is not ready, at the same
 * time at most, by a watch of our own: what there was in the cluster, and never what the service
 * has recorded. The counts in a Deployment's status come later than its pods on a busy machine.
 */
final class AtOnce implements AutoCloseable {

  private final Map<String, Map<String, Boolean>> readyByUid = new HashMap<>();
  private final Set<String> restarting = new HashSet<>();
  private final Thread watching;
  private volatile boolean closed;
  private int most;

  AtOnce(TestCluster cluster, Namespace namespace) {
    RawCluster raw = RawCluster.of(cluster.kubeconfig());
    watching = Thread.ofVirtual().start(() -> watch(raw, namespace.name()));
  }

  private void watch(RawCluster raw, String namespace) {
    while (!closed) {
      try {
        forget();
        raw.watch("Pod", namespace, this::see);
      } catch (IOException | RuntimeException _) {
        // Closed, or broken: begun anew, it tells of those that are there.
      }
    }
  }

  private synchronized void forget() {
    readyByUid.clear();
    restarting.clear();
  }

  private synchronized void see(String event, JsonObject pod) {
    JsonObject metadata = pod.getAsJsonObject("metadata");
    String app = metadata.getAsJsonObject("labels").get("app").getAsString();
    String uid = metadata.get("uid").getAsString();
    Map<String, Boolean> pods = readyByUid.computeIfAbsent(app, _ -> new HashMap<>());
    if (event.equals("DELETED")) {
      pods.remove(uid);
    } else {
      pods.put(uid, isReady(pod));
    }
    if (pods.size() == 1 && !pods.containsValue(false)) {
      restarting.remove(app);
    } else {
      restarting.add(app);
    }
    if (!event.equals("ADDED")) {
      // Amid a list, not all that is there has been seen; and a new pod soon changes.
      most = Math.max(most, restarting.size());
    }
  }

  private static boolean isReady(JsonObject pod) {
    JsonElement conditions = pod.getAsJsonObject("status").get("conditions");
    return conditions != null
        && conditions.getAsJsonArray().asList().stream()
            .map(JsonElement::getAsJsonObject)
            .anyMatch(condition ->
                condition.get("type").getAsString().equals("Ready")
                    && condition.get("status").getAsString().equals("True"));
  }

  /** Since it was opened. */
  synchronized int most() {
    return most;
  }

  @Override
  public void close() {
    closed = true;
    watching.interrupt();
  }
}
