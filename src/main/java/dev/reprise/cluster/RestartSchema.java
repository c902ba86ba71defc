package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the custom resource definition that is installed has each field that this version writes.
 * Looked up again now and then, as long as somebody asks.
 */
final class RestartSchema {

  private static final Logger LOGGER = LoggerFactory.getLogger(RestartSchema.class);

  private static final ApiPath PATH =
      Resources.OPEN_API
          .everywhere()
          .named(Resources.RESTARTS.group())
          .subresource(Resources.RESTARTS.version());

  private static final Duration WHILE_COMPLETE = Duration.ofSeconds(30);
  private static final Duration OTHERWISE = Duration.ofSeconds(2);

  private final KubernetesApi api;
  private final Timing timing;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Verdict last = new Verdict.NotRead("not read yet");
  private volatile @Nullable Long lookedAt;

  /** What is known of the definition. */
  sealed interface Verdict {

    record Complete() implements Verdict {}

    /**
     * Some are not there, and what is written to them would be lost.
     *
     * @param fields for instance {@code status.takenBack}
     */
    record Lacking(List<String> fields) implements Verdict {

      @Override
      public String toString() {
        return "The CustomResourceDefinition restarts.reprise.dev lacks %s: apply helm/reprise/files/restarts-crd.yaml of this version"
            .formatted(String.join(", ", fields));
      }
    }

    record NotRead(String why) implements Verdict {}

    /** We may not look; then each write tells. */
    record NotAllowed(String why) implements Verdict {}
  }

  RestartSchema(KubernetesApi api, Timing timing) {
    this.api = api;
    this.timing = timing;
  }

  /** What the last look told; begins another one when that is due, and does not wait for it. */
  Verdict verdict() {
    Long at = lookedAt;
    Duration pause = last instanceof Verdict.Complete ? WHILE_COMPLETE : OTHERWISE;
    if (at == null || timing.since(at).compareTo(pause) >= 0) {
      Thread.ofVirtual().name("schema of Restarts").start(this::look);
    }
    return last;
  }

  /** Looks now, unless another thread does. */
  void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    try {
      Verdict seen = read();
      if (!seen.equals(last)) {
        LOGGER.atInfo().addKeyValue("verdict", seen).log("Looked at the schema of Restarts");
      }
      last = seen;
    } finally {
      lookedAt = timing.now();
      looking.set(false);
    }
  }

  private Verdict read() {
    try {
      List<String> lacking = lacking(api.get(PATH).body());
      return lacking.isEmpty() ? new Verdict.Complete() : new Verdict.Lacking(lacking);
    } catch (ApiFailure failure) {
      String why = String.valueOf(failure.getMessage());
      return switch (failure.code()) {
        case 401, 403 -> new Verdict.NotAllowed(why);
        case 404 -> new Verdict.NotRead(why);
        // Away for a moment: it has not changed for that.
        default -> last;
      };
    }
  }

  private static List<String> lacking(JsonObject document) {
    JsonElement schema =
        Node.of(document).at("components", "schemas", "dev.reprise.v1.Restart").json();
    return Stream.of(RestartSpecimen.object(), RestartSpecimen.group())
        .flatMap(specimen ->
            Stream.of("spec", "status")
                .flatMap(part -> lacking(specimen.get(part), properties(schema).get(part), part)))
        .distinct()
        .toList();
  }

  private static Stream<String> lacking(
      JsonElement written, @Nullable JsonElement schema, String path) {
    if (schema == null) {
      return Stream.of(path);
    }
    return switch (written) {
      case JsonObject object ->
          object.entrySet().stream()
              .flatMap(field ->
                  lacking(
                      field.getValue(),
                      properties(schema).get(field.getKey()),
                      path + "." + field.getKey()));
      case JsonArray items ->
          items.asList().stream()
              .flatMap(item -> lacking(item, new Node(schema).at("items").json(), path));
      default -> Stream.of();
    };
  }

  private static JsonObject properties(JsonElement schema) {
    return schema instanceof JsonObject object
            && object.get("properties") instanceof JsonObject properties
        ? properties
        : new JsonObject();
  }
}
