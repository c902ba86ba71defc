package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.plan.GroupPlan.Skipped;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.WorkloadRef;

/** A group from and to the custom resource. */
final class GroupMapping {

  private GroupMapping() {}

  /**
   * @throws IllegalArgumentException when it asks for what this version does not know
   */
  static RestartGroup group(JsonObject object) {
    Node node = Node.of(object);
    Node metadata = node.at("metadata");
    String namespace = metadata.at("namespace").required();
    return new RestartGroup(
        new RestartKey(namespace, metadata.at("name").required()),
        metadata.at("uid").required(),
        metadata.at("resourceVersion").required(),
        RestartStatusMapping.required(metadata.at("creationTimestamp").instant()),
        spec(node.at("spec")),
        node.at("status", "phase").isPresent()
            ? status(namespace, node.at("status"))
            : GroupStatus.NEW);
  }

  static JsonObject object(RestartKey key, GroupSpec spec) {
    return RestartMapping.object(key, spec(spec));
  }

  /** Owned by the group, so that nothing of it outlives that. */
  static JsonObject member(RestartGroup group, Member member) {
    JsonObject object =
        RestartMapping.object(
            group.keyOf(member), group.spec().ofMember(member.target(), group.membership()));
    JsonObject owner = new JsonObject();
    owner.addProperty("apiVersion", Resources.RESTARTS.apiVersion());
    owner.addProperty("kind", "Restart");
    owner.addProperty("name", group.key().name());
    owner.addProperty("uid", group.uid());
    owner.addProperty("controller", true);
    JsonArray owners = new JsonArray();
    owners.add(owner);
    object.getAsJsonObject("metadata").add("ownerReferences", owners);
    return object;
  }

  private static GroupSpec spec(Node spec) {
    return new GroupSpec(
        SelectionMapping.selection(spec),
        Strategy.valueOf(spec.at("strategy").textOr(Strategy.Auto.name())),
        spec.at("reason").text(),
        spec.at("acceptDowntime").isTrue(),
        WhenBusy.valueOf(spec.at("whenBusy").textOr(WhenBusy.Reject.name())),
        spec.at("notBefore").instant(),
        RestartMapping.timeout(spec),
        spec.at("maxParallel").intOr(GroupSpec.DEFAULT_MAX_PARALLEL),
        OnFailure.valueOf(spec.at("onFailure").textOr(OnFailure.Stop.name())),
        spec.at("skipRefused").isTrue(),
        RestartMapping.caller(spec),
        spec.at("fingerprint").text(),
        spec.at("cancel").isTrue());
  }

  private static JsonObject spec(GroupSpec spec) {
    JsonObject object = SelectionMapping.object(spec.selection());
    object.addProperty("strategy", spec.strategy().name());
    object.addProperty("acceptDowntime", spec.acceptDowntime());
    object.addProperty("whenBusy", spec.whenBusy().name());
    object.addProperty("notBefore", RestartStatusMapping.text(spec.notBefore()));
    object.addProperty("timeout", spec.timeout().toString());
    object.addProperty("maxParallel", spec.maxParallel());
    object.addProperty("onFailure", spec.onFailure().name());
    object.addProperty("skipRefused", spec.skipRefused());
    object.add("requestedBy", RestartMapping.caller(spec.requestedBy()));
    object.addProperty("reason", spec.reason());
    object.addProperty("fingerprint", spec.fingerprint());
    return withoutNulls(object);
  }

  /** In a new object, a null is no absent field. */
  private static JsonObject withoutNulls(JsonObject object) {
    object.entrySet().removeIf(field -> field.getValue().isJsonNull());
    return object;
  }

  private static GroupStatus status(String namespace, Node status) {
    Node counts = status.at("counts");
    return new GroupStatus(
        Phase.valueOf(status.at("phase").required()),
        status.at("reason").textOr(""),
        status.at("message").textOr(""),
        status.at("startedAt").instant(),
        status.at("finishedAt").instant(),
        status.at("members").items().map(member -> member(namespace, member)).toList(),
        status.at("skipped").items().map(skipped -> skipped(namespace, skipped)).toList(),
        MemberSet.parse(status.at("begun").textOr("")),
        MemberSet.parse(status.at("starting").textOr("")),
        MemberSet.parse(status.at("lost").textOr("")),
        new GroupCounts(
            counts.at("waiting").intOr(0),
            counts.at("running").intOr(0),
            counts.at("succeeded").intOr(0),
            counts.at("failed").intOr(0),
            counts.at("cancelled").intOr(0),
            counts.at("superseded").intOr(0),
            counts.at("skipped").intOr(0)));
  }

  /**
   * What is new in the status: its members, the bulk of it, are sent once and left alone ever
   * after, so that a step costs a small request whatever the group's size.
   */
  static JsonObject status(RestartGroup group, GroupStatus status) {
    JsonObject object = new JsonObject();
    object.addProperty("phase", status.phase().name());
    object.addProperty("reason", status.reason());
    object.addProperty("message", status.message());
    object.addProperty("startedAt", RestartStatusMapping.text(status.startedAt()));
    object.addProperty("finishedAt", RestartStatusMapping.text(status.finishedAt()));
    if (!status.members().equals(group.status().members())) {
      JsonArray members = new JsonArray();
      status.members().stream().map(GroupMapping::member).forEach(members::add);
      object.add("members", members);
    }
    if (!status.skipped().equals(group.status().skipped())) {
      JsonArray skipped = new JsonArray();
      status.skipped().stream().map(GroupMapping::skipped).forEach(skipped::add);
      object.add("skipped", skipped);
    }
    object.addProperty("begun", status.begun().toString());
    object.addProperty("starting", status.starting().toString());
    object.addProperty("lost", status.lost().toString());
    object.add("counts", counts(status.counts()));
    object.add("progress", progress(status.counts()));
    return object;
  }

  private static JsonObject counts(GroupCounts counts) {
    JsonObject object = new JsonObject();
    object.addProperty("waiting", counts.waiting());
    object.addProperty("running", counts.running());
    object.addProperty("succeeded", counts.succeeded());
    object.addProperty("failed", counts.failed());
    object.addProperty("cancelled", counts.cancelled());
    object.addProperty("superseded", counts.superseded());
    object.addProperty("skipped", counts.skipped());
    return object;
  }

  /** What {@code kubectl get restarts} shows, of workloads where a single restart tells of pods. */
  private static JsonObject progress(GroupCounts counts) {
    JsonObject object = new JsonObject();
    object.addProperty("summary", counts.succeeded() + "/" + counts.total());
    return object;
  }

  private static Member member(String namespace, Node member) {
    WorkloadRef target = RestartMapping.target(namespace, member);
    return new Member(
        target,
        member.at("restart").required(),
        member.at("budgets").items().map(Node::required).toList(),
        member.at("trigger").isPresent()
            ? RestartStatusMapping.trigger(member.at("trigger"), target)
            : null);
  }

  private static JsonObject member(Member member) {
    JsonObject object = target(member.target());
    object.addProperty("restart", member.restart());
    if (!member.budgets().isEmpty()) {
      JsonArray budgets = new JsonArray();
      member.budgets().forEach(budgets::add);
      object.add("budgets", budgets);
    }
    if (member.trigger() != null) {
      object.add("trigger", RestartStatusMapping.trigger(member.trigger()));
    }
    return object;
  }

  private static Skipped skipped(String namespace, Node skipped) {
    return new Skipped(
        RestartMapping.target(namespace, skipped),
        skipped.at("reason").textOr(""),
        skipped.at("message").textOr(""));
  }

  private static JsonObject skipped(Skipped skipped) {
    JsonObject object = target(skipped.target());
    object.addProperty("reason", skipped.reason());
    object.addProperty("message", skipped.message());
    return object;
  }

  private static JsonObject target(WorkloadRef target) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", target.kind().kind());
    object.addProperty("name", target.name());
    return object;
  }
}
