package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.reprise.restart.LastSeen;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.PodEviction;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has become of a Restart, from and to the custom resource's status. */
final class RestartStatusMapping {

  private RestartStatusMapping() {}

  static RestartStatus status(Node status, WorkloadRef target) {
    return new RestartStatus(
        Phase.valueOf(status.at("phase").required()),
        status.at("reason").textOr(""),
        status.at("message").textOr(""),
        status.at("startedAt").instant(),
        status.at("finishedAt").instant(),
        status.at("trigger").isPresent()
            ? trigger(status.at("trigger"), restarted(status.at("claim"), target))
            : null,
        status.at("landed").isPresent() ? landed(status.at("landed")) : null,
        status.at("takenBack").isPresent() ? landed(status.at("takenBack")) : null,
        new LastSeen(
            status.at("progress").isPresent() ? progress(status.at("progress")) : null,
            status.at("lowestAvailable").integer(),
            status.at("observedSince").instant(),
            status.at("revisions").isPresent() ? revisions(status.at("revisions")) : null,
            status.at("blockers").items().map(RestartStatusMapping::blocker).toList()),
        status.at("evicting").items().map(RestartStatusMapping::eviction).toList());
  }

  /** The whole status: fields that are no longer there are nulls, which a merge patch removes. */
  static JsonObject status(Restart restart, RestartStatus status) {
    JsonObject object = new JsonObject();
    object.addProperty("phase", status.phase().name());
    object.addProperty("reason", status.reason());
    object.addProperty("message", status.message());
    object.addProperty("startedAt", text(status.startedAt()));
    object.addProperty("finishedAt", text(status.finishedAt()));
    Trigger trigger = status.trigger();
    if (trigger != null) {
      object.add("trigger", trigger(trigger));
      JsonObject claim = new JsonObject();
      claim.addProperty("kind", trigger.workload().kind().kind());
      claim.addProperty("name", trigger.workload().name());
      object.add("claim", claim);
    }
    Landed landed = status.landed();
    if (landed != null) {
      object.add("landed", landed(landed));
    }
    Landed takenBack = status.takenBack();
    if (takenBack != null) {
      object.add("takenBack", landed(takenBack));
    }
    RolloutProgress progress = status.progress();
    object.add("progress", progress == null ? JsonNull.INSTANCE : progress(progress));
    object.addProperty("lowestAvailable", status.lowestAvailable());
    object.addProperty("observedSince", text(status.observedSince()));
    RevisionChange revisions = status.revisions();
    object.add("revisions", revisions == null ? JsonNull.INSTANCE : revisions(revisions));
    JsonArray blockers = new JsonArray();
    status.blockers().stream().map(RestartStatusMapping::blocker).forEach(blockers::add);
    object.add("blockers", blockers);
    JsonArray evicting = new JsonArray();
    status.evicting().stream().map(RestartStatusMapping::eviction).forEach(evicting::add);
    object.add("evicting", evicting.isEmpty() ? JsonNull.INSTANCE : evicting);
    return object;
  }

  /** The object whose pods restart; the target where nothing says otherwise. */
  private static WorkloadRef restarted(Node claim, WorkloadRef target) {
    return WorkloadKind.parse(claim.at("kind").textOr(""))
        .map(kind -> new WorkloadRef(kind, target.namespace(), claim.at("name").required()))
        .orElse(target);
  }

  static Trigger trigger(Node trigger, WorkloadRef workload) {
    return new Trigger(
        Mechanism.valueOf(trigger.at("mechanism").required()),
        required(trigger.at("value").instant()),
        workload,
        trigger.at("targetUID").required(),
        trigger.at("targetGeneration").longOr(0),
        trigger.at("formerValue").text(),
        trigger.at("formerTemplateHash").required(),
        trigger.at("formerRevision").longOr(0));
  }

  static JsonObject trigger(Trigger trigger) {
    JsonObject object = new JsonObject();
    object.addProperty("mechanism", trigger.mechanism().name());
    object.addProperty("value", trigger.text());
    object.addProperty("targetUID", trigger.targetUid());
    object.addProperty("targetGeneration", trigger.targetGeneration());
    if (trigger.formerValue() != null) {
      object.addProperty("formerValue", trigger.formerValue());
    }
    object.addProperty("formerTemplateHash", trigger.formerTemplateHash());
    object.addProperty("formerRevision", trigger.formerRevision());
    return object;
  }

  private static Landed landed(Node left) {
    return new Landed(
        left.at("generation").longOr(0),
        left.at("templateHash").required(),
        left.at("partition").integer());
  }

  private static JsonObject landed(Landed left) {
    JsonObject object = new JsonObject();
    object.addProperty("generation", left.generation());
    object.addProperty("templateHash", left.templateHash());
    if (left.partition() != null) {
      object.addProperty("partition", left.partition());
    }
    return object;
  }

  private static RolloutProgress progress(Node progress) {
    return new RolloutProgress(
        progress.at("desired").intOr(0),
        progress.at("total").intOr(0),
        progress.at("replaced").intOr(0),
        progress.at("available").intOr(0),
        progress.at("old").intOr(0));
  }

  private static JsonObject progress(RolloutProgress progress) {
    JsonObject object = new JsonObject();
    object.addProperty("summary", progress.replaced() + "/" + progress.total());
    object.addProperty("desired", progress.desired());
    object.addProperty("total", progress.total());
    object.addProperty("replaced", progress.replaced());
    object.addProperty("available", progress.available());
    object.addProperty("old", progress.old());
    return object;
  }

  private static RevisionChange revisions(Node revisions) {
    Node to = revisions.at("to");
    return new RevisionChange(
        revisions.at("from").longOr(0), to.isPresent() ? (Long) to.longOr(0) : null);
  }

  private static JsonObject revisions(RevisionChange revisions) {
    JsonObject object = new JsonObject();
    object.addProperty("from", revisions.from());
    object.addProperty("to", revisions.to());
    return object;
  }

  private static Blocker blocker(Node blocker) {
    return new Blocker(
        blocker.at("reason").textOr(""),
        blocker.at("object").textOr(""),
        blocker.at("message").textOr(""),
        blocker.at("command").textOr(""));
  }

  private static JsonObject blocker(Blocker blocker) {
    JsonObject object = new JsonObject();
    object.addProperty("reason", blocker.reason());
    object.addProperty("object", blocker.object());
    object.addProperty("message", blocker.message());
    object.addProperty("command", blocker.command());
    return object;
  }

  private static PodEviction eviction(Node eviction) {
    return new PodEviction(
        eviction.at("name").required(),
        eviction.at("uid").required(),
        eviction.at("refusal").text());
  }

  private static JsonObject eviction(PodEviction eviction) {
    JsonObject object = new JsonObject();
    object.addProperty("name", eviction.pod());
    object.addProperty("uid", eviction.uid());
    if (eviction.refusal() != null) {
      object.addProperty("refusal", eviction.refusal());
    }
    return object;
  }

  static @Nullable String text(@Nullable Instant instant) {
    return Optional.ofNullable(instant).map(Objects::toString).orElse(null);
  }

  static Instant required(@Nullable Instant instant) {
    return Objects.requireNonNull(instant, "A time that every Restart has is missing");
  }
}
