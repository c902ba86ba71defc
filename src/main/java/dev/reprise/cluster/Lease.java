package dev.reprise.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A Lease as the API server has it; what it is changed to is a copy. */
record Lease(JsonObject object) {

  static final ApiResource RESOURCE = new ApiResource("coordination.k8s.io", "v1", "leases");

  /** Kubernetes' MicroTime takes nothing else than six digits. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** A Lease that is not there yet, held by nobody. */
  static Lease named(String name) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", name);
    JsonObject object = new JsonObject();
    object.addProperty("apiVersion", "coordination.k8s.io/v1");
    object.addProperty("kind", "Lease");
    object.add("metadata", metadata);
    object.add("spec", new JsonObject());
    return new Lease(object);
  }

  /** Changes with each write, whoever makes it. */
  String resourceVersion() {
    return object.getAsJsonObject("metadata").get("resourceVersion").getAsString();
  }

  /** Empty when nobody holds it. */
  String holder() {
    return spec().get("holderIdentity") instanceof JsonPrimitive text ? text.getAsString() : "";
  }

  /** How long it lasts after it was last renewed; zero when it does not say. */
  Duration duration() {
    return Duration.ofSeconds(number("leaseDurationSeconds"));
  }

  /** When its holder last renewed it, by the API server's clock if the holder is one of us. */
  @Nullable Instant renewed() {
    return spec().get("renewTime") instanceof JsonPrimitive time
        ? Instant.parse(time.getAsString())
        : null;
  }

  Lease heldBy(String identity, Duration duration, Instant now) {
    Lease held = new Lease(object.deepCopy());
    JsonObject spec = held.spec();
    if (!holder().equals(identity)) {
      // A Lease that is new was held by nobody before: no transition.
      long transitions = spec.has("renewTime") ? number("leaseTransitions") + 1 : 0;
      spec.addProperty("leaseTransitions", transitions);
      spec.addProperty("acquireTime", MICRO_TIME.format(now));
    }
    spec.addProperty("holderIdentity", identity);
    spec.addProperty("leaseDurationSeconds", duration.toSeconds());
    spec.addProperty("renewTime", MICRO_TIME.format(now));
    return held;
  }

  Lease released() {
    Lease free = new Lease(object.deepCopy());
    free.spec().addProperty("holderIdentity", "");
    return free;
  }

  private long number(String field) {
    JsonElement number = spec().get(field);
    return number instanceof JsonPrimitive value ? value.getAsLong() : 0;
  }

  private JsonObject spec() {
    if (!(object.get("spec") instanceof JsonObject)) {
      object.add("spec", new JsonObject());
    }
    return object.getAsJsonObject("spec");
  }
}
