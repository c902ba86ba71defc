package dev.reprise.scenario;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * How many Deployments of a namespace have been rolling out at the same time at most, by a watch of
 * our own: what their controller says, and never what the service has recorded.
 */
final class AtOnce implements AutoCloseable {

  private final Set<String> rollingOut = new HashSet<>();
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
        raw.watch("Deployment", namespace, this::see);
      } catch (IOException | RuntimeException _) {
        // Closed, or broken: begun anew, it tells how all of them are now.
      }
    }
  }

  private synchronized void see(String event, JsonObject deployment) {
    String name = deployment.getAsJsonObject("metadata").get("name").getAsString();
    if (isRollingOut(deployment)) {
      rollingOut.add(name);
    } else {
      rollingOut.remove(name);
    }
    if (!event.equals("ADDED")) {
      // Amid a list, those that have ended meanwhile would be counted with those that have begun.
      most = Math.max(most, rollingOut.size());
    }
  }

  /** By the conditions of {@code kubectl rollout status}, for a Deployment of one pod. */
  private static boolean isRollingOut(JsonObject deployment) {
    JsonObject status = deployment.getAsJsonObject("status");
    JsonObject metadata = deployment.getAsJsonObject("metadata");
    return number(status, "observedGeneration") < number(metadata, "generation")
        || number(status, "updatedReplicas") != 1
        || number(status, "replicas") != 1
        || number(status, "availableReplicas") != 1;
  }

  private static long number(JsonObject object, String field) {
    JsonElement value = object.get(field);
    return value == null ? 0 : value.getAsLong();
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
