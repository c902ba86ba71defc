package dev.reprise.workload;

import java.util.List;
import java.util.Optional;

/** A workload's own object as it was at one resourceVersion. */
public sealed interface WorkloadSnapshot
    permits DeploymentSnapshot, StatefulSetSnapshot, DaemonSetSnapshot, ArgoRolloutSnapshot {

  WorkloadMetadata metadata();

  /** The pods wanted: {@code spec.replicas}; of a DaemonSet one for each node that it is for. */
  int desired();

  /** How many of them a new revision replaces; all, unless a partition leaves some out. */
  default int toReplace() {
    return desired();
  }

  ReplicaCounts counts();

  List<Condition> conditions();

  /** The pod template; for a Rollout that refers to a Deployment, what identifies that one's. */
  PodTemplate template();

  /**
   * What nobody else may change while a restart by this mechanism is under way; empty when it is
   * not known. Where the pod template is not written, a Rollout's is known by its controller's
   * hash: that stays the same when the template is written anew with the same meaning, as {@code
   * kubectl apply} does with {@code cpu: 0.5} where the controller has made it {@code 500m}.
   */
  default String templateHash(Mechanism mechanism) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation -> template().hash();
      case RestartAt, Eviction ->
          switch (this) {
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
                template().hash();
            case ArgoRolloutSnapshot rollout -> rollout.update().currentHash();
          };
    };
  }

  default WorkloadRef ref() {
    return metadata().ref();
  }

  default Optional<Condition> condition(String type) {
    return conditions().stream().filter(condition -> condition.type().equals(type)).findFirst();
  }

  /**
   * How many pods may be missing at once while pods are evicted: what its update strategy lets be
   * unavailable, rounded as its controller rounds it, and at least one.
   */
  default int mayBeMissing() {
    int allowed =
        switch (this) {
          case DeploymentSnapshot deployment ->
              deployment.strategy().maxUnavailable().ofRoundedDown(desired());
          case StatefulSetSnapshot set -> set.strategy().maxUnavailable().ofRoundedDown(desired());
          case DaemonSetSnapshot set -> set.strategy().maxUnavailable().ofRoundedUp(desired());
          case ArgoRolloutSnapshot rollout ->
              rollout.strategy().maxUnavailable().ofRoundedDown(desired());
        };
    return Math.max(1, allowed);
  }
}
