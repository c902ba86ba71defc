package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Condition;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.RestartPolicy;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A workload from the API server's JSON; absent fields get the API's defaults here. */
final class WorkloadMapping {

  private WorkloadMapping() {}

  static WorkloadSnapshot workload(WorkloadKind kind, JsonObject object) {
    Node node = Node.of(object);
    return switch (kind) {
      case Deployment -> deployment(node);
      case StatefulSet -> statefulSet(node);
      case DaemonSet -> daemonSet(node);
      case ArgoRollout -> argoRollout(node);
    };
  }

  private static DeploymentSnapshot deployment(Node node) {
    return new DeploymentSnapshot(
        metadata(WorkloadKind.Deployment, node),
        node.at("spec", "replicas").intOr(1),
        counts(node),
        updateStrategy(node.at("spec", "strategy")),
        node.at("spec", "paused").isTrue(),
        template(node.at("spec", "template")),
        conditions(node));
  }

  private static StatefulSetSnapshot statefulSet(Node node) {
    Node strategy = node.at("spec", "updateStrategy");
    return new StatefulSetSnapshot(
        metadata(WorkloadKind.StatefulSet, node),
        node.at("spec", "replicas").intOr(1),
        counts(node),
        isOnDelete(strategy)
            ? new UpdateStrategy.OnDelete()
            : rollingUpdate(strategy, IntOrPercent.count(0), IntOrPercent.count(1)),
        !node.at("spec", "podManagementPolicy").textOr("").equals("Parallel"),
        // Where the feature is on the API server puts it there, and where it is off takes it away.
        strategy.at("rollingUpdate", "maxUnavailable").isPresent(),
        strategy.at("rollingUpdate", "partition").intOr(0),
        node.at("spec", "ordinals", "start").intOr(0),
        template(node.at("spec", "template")),
        conditions(node));
  }

  private static DaemonSetSnapshot daemonSet(Node node) {
    Node strategy = node.at("spec", "updateStrategy");
    Node status = node.at("status");
    return new DaemonSetSnapshot(
        metadata(WorkloadKind.DaemonSet, node),
        status.at("desiredNumberScheduled").intOr(0),
        new ReplicaCounts(
            status.at("currentNumberScheduled").intOr(0),
            status.at("updatedNumberScheduled").intOr(0),
            status.at("numberReady").intOr(0),
            status.at("numberAvailable").intOr(0)),
        isOnDelete(strategy)
            ? new UpdateStrategy.OnDelete()
            : rollingUpdate(strategy, IntOrPercent.count(0), IntOrPercent.count(1)),
        template(node.at("spec", "template")),
        conditions(node));
  }

  private static boolean isOnDelete(Node strategy) {
    return strategy.at("type").textOr("").equals("OnDelete");
  }

  private static ArgoRolloutSnapshot argoRollout(Node node) {
    return new ArgoRolloutSnapshot(
        metadata(WorkloadKind.ArgoRollout, node),
        node.at("spec", "replicas").intOr(1),
        counts(node),
        ArgoMapping.strategy(node.at("spec", "strategy")),
        argoTemplate(node),
        node.at("spec", "restartAt").instant(),
        node.at("status", "restartedAt").instant(),
        node.at("status", "phase").textOr(""),
        node.at("status", "message").textOr(""),
        conditions(node),
        ArgoMapping.update(node),
        ArgoMapping.reference(node));
  }

  /** Rolling by 25 % of each, as {@code apps/v1} defaults it. */
  private static UpdateStrategy updateStrategy(Node strategy) {
    return strategy.at("type").textOr("RollingUpdate").equals("Recreate")
        ? new UpdateStrategy.Recreate()
        : rollingUpdate(strategy, IntOrPercent.percent(25), IntOrPercent.percent(25));
  }

  private static UpdateStrategy rollingUpdate(
      Node strategy, IntOrPercent surge, IntOrPercent unavailable) {
    return new UpdateStrategy.RollingUpdate(
        intOrPercent(strategy.at("rollingUpdate", "maxSurge"), surge),
        intOrPercent(strategy.at("rollingUpdate", "maxUnavailable"), unavailable));
  }

  /**
   * With a {@code workloadRef} the Rollout has no template of its own; its controller's hash of the
   * referenced one stands for it, empty until the controller has looked.
   */
  private static PodTemplate argoTemplate(Node node) {
    return node.at("spec", "workloadRef").isPresent()
        ? new PodTemplate(node.at("status", "currentPodHash").textOr(""), null)
        : template(node.at("spec", "template"));
  }

  static PodTemplate template(Node template) {
    return new PodTemplate(
        TemplateHash.of(template),
        template.at("metadata", "annotations", PodTemplate.RESTARTED_AT).text(),
        labels(template.at("metadata", "labels")),
        template
            .at("spec", "containers")
            .items()
            .allMatch(container -> container.at("readinessProbe").isPresent()),
        template
            .at("spec", "volumes")
            .items()
            .map(volume -> volume.at("persistentVolumeClaim", "claimName").text())
            .filter(Objects::nonNull)
            .toList(),
        ConfigMapping.uses(template.at("spec")),
        ConfigMapping.pullsWith(template.at("spec")));
  }

  private static Map<String, String> labels(Node labels) {
    Map<String, String> all = new HashMap<>();
    if (labels.json() instanceof JsonObject object) {
      object.entrySet().forEach(label -> all.put(label.getKey(), label.getValue().getAsString()));
    }
    return all;
  }

  private static WorkloadMetadata metadata(WorkloadKind kind, Node node) {
    Node metadata = node.at("metadata");
    return new WorkloadMetadata(
        new WorkloadRef(kind, metadata.at("namespace").required(), metadata.at("name").required()),
        metadata.at("uid").required(),
        metadata.at("resourceVersion").required(),
        new Generation(
            metadata.at("generation").longOr(0), node.at("status", "observedGeneration").longOr(0)),
        metadata.at("annotations", WorkloadMetadata.CLAIM).text(),
        metadata.at("deletionTimestamp").isPresent(),
        ManagedByMapping.of(node),
        node.at("spec", "revisionHistoryLimit").intOr(WorkloadMetadata.DEFAULT_HISTORY_LIMIT),
        labels(metadata.at("labels")),
        RestartPolicy.parse(metadata.at("annotations", RestartPolicy.ANNOTATION).text()),
        AnnotationMapping.of(kind, node),
        ReloadAnnotationMapping.of(node));
  }

  private static ReplicaCounts counts(Node node) {
    Node status = node.at("status");
    return new ReplicaCounts(
        status.at("replicas").intOr(0),
        status.at("updatedReplicas").intOr(0),
        status.at("readyReplicas").intOr(0),
        status.at("availableReplicas").intOr(0));
  }

  private static List<Condition> conditions(Node node) {
    return node.at("status", "conditions")
        .items()
        .map(condition ->
            new Condition(
                condition.at("type").textOr(""),
                Objects.equals(condition.at("status").text(), "True"),
                condition.at("reason").textOr(""),
                condition.at("message").textOr("")))
        .toList();
  }

  /** The CRD of a Rollout takes any text; Argo counts with 0 where it is no number. */
  static IntOrPercent intOrPercent(Node value, IntOrPercent otherwise) {
    String text = value.text();
    if (text == null) {
      return otherwise;
    }
    try {
      return text.endsWith("%")
          ? IntOrPercent.percent(Integer.parseInt(text.substring(0, text.length() - 1)))
          : IntOrPercent.count(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return IntOrPercent.count(0);
    }
  }
}
