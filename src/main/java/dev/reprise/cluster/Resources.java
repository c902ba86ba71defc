package dev.reprise.cluster;

import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadKind;

/** The kinds of object that we deal with, as API paths name them. */
final class Resources {

  static final ApiResource RESTARTS = new ApiResource("reprise.dev", "v1", "restarts");
  static final ApiResource REPLICA_SETS = new ApiResource("apps", "v1", "replicasets");
  static final ApiResource CONTROLLER_REVISIONS =
      new ApiResource("apps", "v1", "controllerrevisions");
  static final ApiResource PODS = new ApiResource("", "v1", "pods");
  static final ApiResource BUDGETS = new ApiResource("policy", "v1", "poddisruptionbudgets");
  static final ApiResource AUTOSCALERS =
      new ApiResource("autoscaling", "v2", "horizontalpodautoscalers");
  static final ApiResource QUOTAS = new ApiResource("", "v1", "resourcequotas");
  static final ApiResource VOLUME_CLAIMS = new ApiResource("", "v1", "persistentvolumeclaims");
  static final ApiResource FLAGGER_CANARIES = new ApiResource("flagger.app", "v1beta1", "canaries");
  static final ApiResource EVENTS = new ApiResource("", "v1", "events");

  /** The same Events, in the group in which they say by whom they are and what is related. */
  static final ApiResource NEW_EVENTS = new ApiResource("events.k8s.io", "v1", "events");

  static final ApiResource CONFIG_MAPS = new ApiResource("", "v1", "configmaps");
  static final ApiResource SECRETS = new ApiResource("", "v1", "secrets");
  static final ApiResource NAMESPACES = new ApiResource("", "v1", "namespaces");

  /** Nothing of these is kept: the answer to the create is all there is. */
  static final ApiResource TOKEN_REVIEWS =
      new ApiResource("authentication.k8s.io", "v1", "tokenreviews");

  static final ApiResource ACCESS_REVIEWS =
      new ApiResource("authorization.k8s.io", "v1", "subjectaccessreviews");

  /** What the API server tells of each group's kinds; any account may read that. */
  static final ApiResource OPEN_API = new ApiResource("/openapi", "", "v3", "apis");

  private Resources() {}

  static ApiResource of(ConfigReference.Kind kind) {
    return switch (kind) {
      case ConfigMap -> CONFIG_MAPS;
      case Secret -> SECRETS;
    };
  }

  static ApiResource of(WorkloadKind kind) {
    return new ApiResource(kind.group(), kind.version(), kind.plural());
  }
}
