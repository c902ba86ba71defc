package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.plan.Strategy;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Caller;
import dev.reprise.restart.GroupMembership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.WhenBusy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;

/** A Restart from and to the custom resource; the schema has checked what kubectl may have sent. */
final class RestartMapping {

  private RestartMapping() {}

  /**
   * One workload's restart, or a group: what has no name of a workload is a group.
   *
   * @throws IllegalArgumentException when it asks for what this version does not know
   */
  static AnyRestart any(JsonObject object) {
    return Node.of(object).at("spec", "name").isPresent()
        ? restart(object)
        : GroupMapping.group(object);
  }

  /**
   * @throws IllegalArgumentException when it asks for what this version does not know
   */
  static Restart restart(JsonObject object) {
    Node node = Node.of(object);
    Node metadata = node.at("metadata");
    String namespace = metadata.at("namespace").required();
    RestartSpec spec = spec(namespace, node.at("spec"));
    return new Restart(
        new RestartKey(namespace, metadata.at("name").required()),
        metadata.at("uid").required(),
        metadata.at("resourceVersion").required(),
        RestartStatusMapping.required(metadata.at("creationTimestamp").instant()),
        spec,
        node.at("status", "phase").isPresent()
            ? RestartStatusMapping.status(node.at("status"), spec.target())
            : RestartStatus.NEW);
  }

  static JsonObject object(RestartKey key, RestartSpec spec) {
    return object(key, spec(spec));
  }

  static JsonObject object(RestartKey key, JsonObject spec) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", key.name());
    metadata.addProperty("namespace", key.namespace());
    JsonObject object = new JsonObject();
    object.addProperty("apiVersion", Resources.RESTARTS.apiVersion());
    object.addProperty("kind", "Restart");
    object.add("metadata", metadata);
    object.add("spec", spec);
    return object;
  }

  private static RestartSpec spec(String namespace, Node spec) {
    return new RestartSpec(
        target(namespace, spec),
        Strategy.valueOf(spec.at("strategy").textOr(Strategy.Auto.name())),
        spec.at("reason").text(),
        spec.at("acceptDowntime").isTrue(),
        WhenBusy.valueOf(spec.at("whenBusy").textOr(WhenBusy.Reject.name())),
        spec.at("notBefore").instant(),
        timeout(spec),
        caller(spec),
        spec.at("fingerprint").text(),
        spec.at("group").isPresent()
            ? new GroupMembership(
                spec.at("group", "name").textOr(""), spec.at("group", "uid").textOr(""))
            : null,
        spec.at("reload").isPresent() ? ReloadMapping.reload(spec.at("reload")) : null,
        spec.at("cancel").isTrue());
  }

  /** What {@code kind} and {@code name} say. */
  static WorkloadRef target(String namespace, Node target) {
    return new WorkloadRef(kind(target.at("kind")), namespace, target.at("name").required());
  }

  static WorkloadKind kind(Node kind) {
    return WorkloadKind.parse(kind.textOr(""))
        .orElseThrow(() -> new IllegalArgumentException("This version restarts no such kind"));
  }

  static Duration timeout(Node spec) {
    return Duration.parse(spec.at("timeout").textOr(RestartSpec.DEFAULT_TIMEOUT.toString()));
  }

  static Caller caller(Node spec) {
    return new Caller(
        spec.at("requestedBy", "user").textOr(Caller.ANONYMOUS.user()),
        spec.at("requestedBy", "groups").items().map(Node::required).toList());
  }

  static JsonObject caller(Caller caller) {
    JsonArray groups = new JsonArray();
    caller.groups().forEach(groups::add);
    JsonObject requestedBy = new JsonObject();
    requestedBy.addProperty("user", caller.user());
    requestedBy.add("groups", groups);
    return requestedBy;
  }

  private static JsonObject spec(RestartSpec spec) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", spec.target().kind().kind());
    object.addProperty("name", spec.target().name());
    object.addProperty("strategy", spec.strategy().name());
    object.addProperty("acceptDowntime", spec.acceptDowntime());
    object.addProperty("whenBusy", spec.whenBusy().name());
    object.addProperty("timeout", spec.timeout().toString());
    object.add("requestedBy", caller(spec.requestedBy()));
    if (spec.notBefore() != null) {
      object.addProperty("notBefore", spec.notBefore().toString());
    }
    if (spec.reason() != null) {
      object.addProperty("reason", spec.reason());
    }
    if (spec.fingerprint() != null) {
      object.addProperty("fingerprint", spec.fingerprint());
    }
    GroupMembership group = spec.group();
    if (group != null) {
      JsonObject membership = new JsonObject();
      membership.addProperty("name", group.name());
      membership.addProperty("uid", group.uid());
      object.add("group", membership);
    }
    if (spec.reload() != null) {
      object.add("reload", ReloadMapping.object(spec.reload()));
    }
    return object;
  }
}
