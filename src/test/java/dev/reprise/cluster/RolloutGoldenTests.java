package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.Blockers;
import dev.reprise.rollout.NextEvictions;
import dev.reprise.rollout.PodEviction;
import dev.reprise.rollout.RevisionChange;
import dev.reprise.rollout.RevisionPods;
import dev.reprise.rollout.RolloutDetail;
import dev.reprise.rollout.RolloutProgress;
import dev.reprise.rollout.RolloutStatus;
import dev.reprise.rollout.RolloutStatusRules;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * What the rules of {@code rollout} make of real objects, mapped as a live read maps them. In
 * {@code expected.yaml}, {@code restart} is the trigger and what its write left; {@code template}
 * says by which object the restart's own template is known: the name of a ReplicaSet or
 * ControllerRevision, {@code workload}, or {@code unseen} when none of the objects has it; {@code
 * from} is the newest revision when it was triggered, {@code partition} a StatefulSet's partition
 * then. {@code evicting} names the pods whose evictions are recorded, with the {@code refusal}
 * where there was one, {@code evictions} those that come next. {@code now} is the time of the look,
 * where it matters.
 */
class RolloutGoldenTests {

  private static final GoldenTree TREE = new GoldenTree("rollout", "objects.yaml", "restart");

  @TestFactory
  Stream<DynamicNode> judgesRealObjects() {
    return TREE.tests(RolloutGoldenTests::outcome);
  }

  private static Map<String, Object> outcome(GoldenTree.Case golden) {
    Node restart = golden.given();
    Trigger trigger =
        new Trigger(
            Mechanism.valueOf(restart.at("mechanism").required()),
            Objects.requireNonNull(restart.at("value").instant()),
            golden.ref(),
            restart.at("uid").required(),
            restart.at("generation").longOr(0) - 1,
            null,
            "",
            restart.at("from").longOr(0));
    Landed landed =
        new Landed(
            restart.at("generation").longOr(0),
            templateHash(golden),
            restart.at("partition").integer());
    Optional<WorkloadState> state = golden.state();
    List<PodEviction> evicting = evicting(golden);
    Map<String, Object> outcome = new LinkedHashMap<>();
    RolloutStatus status = RolloutStatusRules.judge(trigger, landed, state.orElse(null));
    outcome.put("status", status.getClass().getSimpleName());
    outcome.put("reason", status.reason());
    outcome.put("message", status.message());
    state.ifPresent(there -> {
      outcome.put("progress", fields(RolloutProgress.of(trigger, landed, there)));
      RevisionChange change = RevisionChange.of(trigger, landed, there);
      outcome.put("revisions", change.from() + " -> " + change.to());
      outcome.putAll(fields(RolloutDetail.of(trigger, landed, there)));
      outcome.put(
          "blockers", fields(Blockers.of(status, trigger, landed, there, evicting, now(golden))));
      if (trigger.mechanism() == Mechanism.Eviction) {
        outcome.put(
            "evictions", names(NextEvictions.of(trigger, landed, there, evicting, now(golden))));
      }
    });
    return outcome;
  }

  private static List<String> names(NextEvictions next) {
    return next.possible().stream().map(PodSnapshot::name).toList();
  }

  private static List<PodEviction> evicting(GoldenTree.Case golden) {
    return golden
        .given()
        .at("evicting")
        .items()
        .map(pod -> {
          String name = pod.at("name").required();
          return new PodEviction(name, uidOf(name, golden), pod.at("refusal").text());
        })
        .toList();
  }

  private static String uidOf(String pod, GoldenTree.Case golden) {
    return golden
        .objects("Pod")
        .map(OwnedMapping::pod)
        .filter(one -> one.name().equals(pod))
        .map(PodSnapshot::uid)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no pod " + pod));
  }

  /** When the objects are looked at: a moment after the trigger, unless the case says otherwise. */
  static Instant now(GoldenTree.Case golden) {
    Node now = golden.given().at("now");
    return now.isPresent()
        ? Objects.requireNonNull(now.instant())
        : Objects.requireNonNull(golden.given().at("value").instant()).plusSeconds(5);
  }

  private static String templateHash(GoldenTree.Case golden) {
    return templateHash(golden, golden.given().at("template").required());
  }

  static String templateHash(GoldenTree.Case golden, String knownBy) {
    return switch (knownBy) {
      case "unseen" -> "unseen";
      case "workload" ->
          golden
              .state()
              .orElseThrow()
              .templateHash(Mechanism.valueOf(golden.given().at("mechanism").required()));
      default -> revisionHash(golden, named(golden, knownBy));
    };
  }

  private static JsonObject named(GoldenTree.Case golden, String name) {
    return Stream.of("ReplicaSet", "ControllerRevision")
        .flatMap(kind -> golden.objects(kind))
        .filter(object -> Node.of(object).at("metadata", "name").required().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no revision " + name));
  }

  /** A Rollout tells by the hash that is its ReplicaSet's label which one is current. */
  private static String revisionHash(GoldenTree.Case golden, JsonObject revision) {
    return switch (golden.kind()) {
      case ArgoRollout ->
          Node.of(revision).at("metadata", "labels", "rollouts-pod-template-hash").required();
      case Deployment -> OwnedMapping.replicaSet(revision).template().hash();
      case StatefulSet, DaemonSet -> OwnedMapping.controllerRevision(revision).template().hash();
    };
  }

  private static Map<String, Object> fields(RolloutProgress progress) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("desired", progress.desired());
    fields.put("total", progress.total());
    fields.put("replaced", progress.replaced());
    fields.put("available", progress.available());
    fields.put("old", progress.old());
    return fields;
  }

  private static Map<String, Object> fields(RolloutDetail detail) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("pods", detail.revisions().stream().map(RolloutGoldenTests::words).toList());
    if (detail.steps() != null) {
      fields.put("steps", detail.steps().words());
    }
    return fields;
  }

  private static String words(RevisionPods revision) {
    return "%d%s %s: %d, ready %d, terminating %d"
        .formatted(
            revision.number(),
            revision.isOurs() ? " (this)" : "",
            revision.name(),
            revision.pods(),
            revision.ready(),
            revision.terminating());
  }

  static List<Map<String, Object>> fields(List<Blocker> blockers) {
    return blockers.stream()
        .map(blocker -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("reason", blocker.reason());
          fields.put("object", blocker.object());
          fields.put("message", blocker.message());
          fields.put("command", blocker.command());
          return fields;
        })
        .toList();
  }
}
