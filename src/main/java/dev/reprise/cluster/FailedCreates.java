package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.FailedCreate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which pods of a namespace's StatefulSets and DaemonSets could not be created, by the Events of
 * their controllers. Watched from the first question on: many restarts never ask, and the API
 * server reads Events from its storage, since it keeps none in its watch cache ({@code
 * DefaultWatchCacheSizes}). Where we may not read them, nothing is known and nobody waits for it.
 * Recorders bound how many there are: 25 of an object at once, then one in five minutes.
 */
final class FailedCreates {

  /**
   * Others fail alike, and there may be many of them: ReplicaSets, whose makers have a condition.
   */
  private static final Selection SELECTION =
      Selection.byFields(
          "type=Warning,reason=FailedCreate,involvedObject.kind!=ReplicaSet,involvedObject.kind!=Job");

  /** Which client-go's recorder puts before a message when there were ten alike. */
  private static final String COMBINED = "(combined from similar events): ";

  private final Reflector<Told> events;
  private final OwnerIndex<Told> byWorkload = new OwnerIndex<>(Told::uid, Told::event);
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * One Event, which its controller writes anew each time.
   *
   * @param event its name
   * @param uid of the workload that it is about
   */
  record Told(String event, String uid, String workload, FailedCreate failed) {}

  /**
   * @param onChange called with the name of the workload that an Event is about
   */
  FailedCreates(String namespace, ReflectorFactory reflectors, Consumer<String> onChange) {
    events =
        reflectors.of(
            Resources.EVENTS,
            namespace,
            SELECTION,
            FailedCreates::told,
            (before, now) -> {
              byWorkload.change(before, now);
              onChange.accept(Objects.requireNonNull(now == null ? before : now).workload);
            });
  }

  /** The newest of a workload; empty where there is none, or the watch does not know it yet. */
  Optional<FailedCreate> last(String uid) {
    if (!asked.getAndSet(true)) {
      events.start();
    }
    return newest(byWorkload.ownedBy(uid).stream());
  }

  void stop() {
    events.stop();
  }

  static Optional<FailedCreate> newest(Stream<Told> events) {
    return events.map(Told::failed).max(Comparator.comparing(FailedCreate::at));
  }

  static Told told(JsonObject object) {
    Node event = Node.of(object);
    Node about = event.at("involvedObject");
    String message = event.at("message").textOr("");
    return new Told(
        event.at("metadata", "name").required(),
        about.at("uid").textOr(""),
        about.at("name").textOr(""),
        new FailedCreate(
            message.startsWith(COMBINED) ? message.substring(COMBINED.length()) : message,
            lastOf(event)));
  }

  /** Each generation of recorders keeps the time of the last occurrence in another field. */
  private static Instant lastOf(Node event) {
    return Stream.of(
            event.at("series", "lastObservedTime"),
            event.at("lastTimestamp"),
            event.at("eventTime"),
            event.at("metadata", "creationTimestamp"))
        .<@Nullable Instant>map(Node::instant)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
