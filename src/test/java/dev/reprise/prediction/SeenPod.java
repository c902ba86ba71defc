package dev.reprise.prediction;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pod as one event of a watch shows it.
 *
 * @param owner the uid of its controller; empty when it has none
 * @param readySince null while it is not ready
 * @param going whether it is terminating or gone
 * @param gone whether it has been deleted for good
 */
record SeenPod(
    String uid,
    String name,
    String app,
    String owner,
    String version,
    @Nullable Instant readySince,
    boolean going,
    boolean gone) {

  static SeenPod of(String event, JsonObject pod) {
    JsonObject metadata = pod.getAsJsonObject("metadata");
    boolean gone = event.equals("DELETED");
    return new SeenPod(
        metadata.get("uid").getAsString(),
        metadata.get("name").getAsString(),
        Json.textAt(metadata, "labels", "app"),
        Json.controllerOf(metadata),
        metadata.get("resourceVersion").getAsString(),
        readySince(pod),
        gone || metadata.has("deletionTimestamp"),
        gone);
  }

  private static @Nullable Instant readySince(JsonObject pod) {
    for (JsonElement condition : Json.itemsAt(pod, "status", "conditions")) {
      JsonObject ready = condition.getAsJsonObject();
      if (Json.textAt(ready, "type").equals("Ready")
          && Json.textAt(ready, "status").equals("True")) {
        return Instant.parse(ready.get("lastTransitionTime").getAsString());
      }
    }
    return null;
  }

  /** As controllers count it: ready for longer than {@code minReadySeconds}, and not going. */
  boolean isAvailable(Instant at, Duration minReady) {
    return !going
        && readySince != null
        && (minReady.isZero() || readySince.plus(minReady).isBefore(at));
  }
}
