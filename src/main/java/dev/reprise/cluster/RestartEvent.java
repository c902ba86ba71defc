package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.restart.HarmlessText;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Reload;
import dev.reprise.restart.Restart;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The Event on a workload that tells of a Restart: who wants it, why, and how it ended. */
final class RestartEvent {

  /** {@code NoteLengthLimit} of the API server, in bytes. */
  private static final int LONGEST_NOTE = 1024;

  /** A MicroTime has six digits, no more and no less. */
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private RestartEvent() {}

  /** The same for each attempt to write it, so that there is one for each transition. */
  static String name(Restart restart) {
    return restart.uid() + "." + reason(restart).toLowerCase(Locale.ROOT);
  }

  static String reason(Restart restart) {
    return switch (restart.phase()) {
      case Pending -> "RestartRequested";
      case Progressing -> "RestartStarted";
      case Succeeded -> "RestartSucceeded";
      case Failed -> "RestartFailed";
      case Cancelled -> "RestartCancelled";
      case Superseded -> "RestartSuperseded";
    };
  }

  /** Of one that has begun or ended. */
  static JsonObject object(Restart restart, String replica) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", name(restart));
    metadata.addProperty("namespace", restart.key().namespace());
    JsonObject event = new JsonObject();
    event.addProperty("apiVersion", Resources.NEW_EVENTS.apiVersion());
    event.addProperty("kind", "Event");
    event.add("metadata", metadata);
    event.addProperty("eventTime", MICROS.format(time(restart)));
    event.addProperty("reportingController", "reprise.dev/restarts");
    event.addProperty("reportingInstance", replica);
    event.addProperty("action", "Restart");
    event.addProperty("reason", reason(restart));
    event.addProperty("type", restart.phase() == Phase.Failed ? "Warning" : "Normal");
    event.add("regarding", workload(restart));
    event.add("related", related(restart));
    event.addProperty("note", cut(note(restart)));
    return event;
  }

  private static Instant time(Restart restart) {
    return Stream.of(
            Optional.ofNullable(restart.finishedAt()),
            Optional.ofNullable(restart.status().startedAt()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(restart.requestedAt());
  }

  /** Without its uid, {@code kubectl describe} of the workload would not show it. */
  private static JsonObject workload(Restart restart) {
    WorkloadRef workload = restart.followed();
    JsonObject reference =
        reference(
            Resources.of(workload.kind()).apiVersion(),
            workload.kind().kind(),
            workload.namespace(),
            workload.name());
    uidOf(restart).ifPresent(uid -> reference.addProperty("uid", uid));
    return reference;
  }

  private static Optional<String> uidOf(Restart restart) {
    return Optional.ofNullable(restart.status().trigger())
        .map(Trigger::targetUid)
        .or(() -> Optional.ofNullable(restart.reload()).map(Reload::workloadUid));
  }

  private static JsonObject related(Restart restart) {
    JsonObject reference =
        reference(
            Resources.RESTARTS.apiVersion(),
            "Restart",
            restart.key().namespace(),
            restart.key().name());
    reference.addProperty("uid", restart.uid());
    return reference;
  }

  private static JsonObject reference(
      String apiVersion, String kind, String namespace, String name) {
    JsonObject reference = new JsonObject();
    reference.addProperty("apiVersion", apiVersion);
    reference.addProperty("kind", kind);
    reference.addProperty("namespace", namespace);
    reference.addProperty("name", name);
    return reference;
  }

  private static String note(Restart restart) {
    String reason = restart.spec().reason();
    String note =
        "Restart %s, asked for by %s%s: %s"
            .formatted(
                restart.key().name(),
                restart.requestedBy().user(),
                reason == null ? "" : " (" + reason + ")",
                restart.status().message());
    return HarmlessText.of(note);
  }

  private static String cut(String note) {
    byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_NOTE) {
      return note;
    }
    // Three bytes are for the ellipsis; a character that is cut through is left out.
    String start = new String(bytes, 0, LONGEST_NOTE - 3, StandardCharsets.UTF_8);
    return start.replaceFirst("\uFFFD+$", "") + "…";
  }
}
