package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.restart.AccessReviews;
import dev.reprise.restart.Caller;

/** Has the API server say what a caller may do. */
final class SubjectAccessReviews implements AccessReviews {

  private final KubernetesApi api;

  SubjectAccessReviews(KubernetesApi api) {
    this.api = api;
  }

  @Override
  public boolean isAllowed(Caller caller, Action action) {
    JsonArray groups = new JsonArray();
    caller.groups().forEach(groups::add);
    JsonObject spec = new JsonObject();
    spec.addProperty("user", caller.user());
    spec.add("groups", groups);
    spec.add("resourceAttributes", attributes(action));
    return Reviews.statusOf(api, Resources.ACCESS_REVIEWS, "SubjectAccessReview", spec)
        .at("allowed")
        .isTrue();
  }

  /** Without a name it is about all objects, and without a namespace about all namespaces. */
  private static JsonObject attributes(Action action) {
    ApiResource resource = Resources.of(action.kind());
    JsonObject attributes = new JsonObject();
    attributes.addProperty("verb", action.verb());
    attributes.addProperty("group", resource.group());
    attributes.addProperty("version", resource.version());
    attributes.addProperty("resource", resource.plural());
    attributes.addProperty("namespace", action.namespace());
    attributes.addProperty("name", action.name());
    return attributes;
  }
}
