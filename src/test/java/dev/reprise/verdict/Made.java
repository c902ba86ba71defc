package dev.reprise.verdict;

import static dev.reprise.verdict.Json.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.reprise.workload.WorkloadKind;

/**
 * A revision that was laid down as its controller makes it.
 *
 * @param hash what its pods are labelled with, less the name
 * @param uid its own
 */
record Made(JsonObject workload, String hash, String uid, long number) {

  /** The ReplicaSet or ControllerRevision of the workload's present template, to be created. */
  static JsonObject manifest(JsonObject workload, String hash, long number) {
    return switch (kind(workload)) {
      case Deployment, ArgoRollout -> replicaSet(workload, hash, number);
      case StatefulSet, DaemonSet -> controllerRevision(workload, hash, number);
    };
  }

  private static JsonObject replicaSet(JsonObject workload, String hash, long number) {
    JsonObject set =
        Json.of(
            """
            {apiVersion: 'apps/v1', kind: ReplicaSet,
             metadata: {name: '%1$s', annotations: {'deployment.kubernetes.io/revision': '%2$d'},
               labels: {app: '%3$s', 'pod-template-hash': '%4$s'}},
             spec: {replicas: 0,
               selector: {matchLabels: {app: '%3$s', 'pod-template-hash': '%4$s'}}}}
            """,
            name(workload, hash), number, text(workload, "metadata", "name"), hash);
    JsonObject template = template(workload);
    Json.at(template, "metadata", "labels")
        .getAsJsonObject()
        .addProperty("pod-template-hash", hash);
    set.getAsJsonObject("spec").add("template", template);
    return owned(set, workload, "", text(workload, "metadata", "uid"));
  }

  private static JsonObject controllerRevision(JsonObject workload, String hash, long number) {
    JsonObject revision =
        Json.of(
            """
            {apiVersion: 'apps/v1', kind: ControllerRevision, revision: %2$d, data: {spec: {}},
             metadata: {name: '%1$s', labels: {app: '%3$s', 'controller-revision-hash': '%4$s'}}}
            """,
            name(workload, hash), number, text(workload, "metadata", "name"), hash);
    JsonObject template = template(workload);
    template.addProperty("$patch", "replace");
    Json.at(revision, "data", "spec").getAsJsonObject().add("template", template);
    return owned(revision, workload, "", text(workload, "metadata", "uid"));
  }

  /** A pod of this revision, to be created. */
  JsonObject pod(String name, int place) {
    String label =
        switch (kind(workload)) {
          case Deployment, ArgoRollout -> "'pod-template-hash': '" + hash + "'";
          case StatefulSet -> "'controller-revision-hash': '" + name(workload, hash) + "'";
          case DaemonSet -> "'controller-revision-hash': '" + hash + "'";
        };
    JsonObject pod =
        Json.of(
            """
            {apiVersion: v1, kind: Pod,
             metadata: {name: '%s', labels: {app: '%s', %s}},
             spec: {nodeName: node-%d, terminationGracePeriodSeconds: 600,
               containers: [{name: app, image: 'example.com/app:1'}]}}
            """,
            name, text(workload, "metadata", "name"), label, place);
    return switch (kind(workload)) {
      case Deployment, ArgoRollout -> owned(pod, workload, hash, uid);
      case StatefulSet, DaemonSet -> owned(pod, workload, "", text(workload, "metadata", "uid"));
    };
  }

  private static JsonObject owned(JsonObject object, JsonObject workload, String hash, String uid) {
    JsonArray owners = new JsonArray();
    owners.add(
        Json.of(
            "{apiVersion: 'apps/v1', controller: true, kind: %s, name: '%s', uid: '%s'}",
            hash.isEmpty() ? text(workload, "kind") : "ReplicaSet",
            hash.isEmpty() ? text(workload, "metadata", "name") : name(workload, hash),
            uid));
    object.getAsJsonObject("metadata").add("ownerReferences", owners);
    return object;
  }

  String name() {
    return name(workload, hash);
  }

  private static String name(JsonObject workload, String hash) {
    return text(workload, "metadata", "name") + "-" + hash;
  }

  private static JsonObject template(JsonObject workload) {
    JsonElement template = Json.at(workload, "spec", "template");
    return template.deepCopy().getAsJsonObject();
  }

  private static WorkloadKind kind(JsonObject workload) {
    return WorkloadKind.parse(text(workload, "kind")).orElseThrow();
  }
}
