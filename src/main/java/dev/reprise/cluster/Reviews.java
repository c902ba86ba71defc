package dev.reprise.cluster;

import com.google.gson.JsonObject;

/** Questions that the API server answers in the status of what it is sent, and keeps nothing of. */
final class Reviews {

  private Reviews() {}

  /**
   * What it says.
   *
   * @throws dev.reprise.restart.ClusterUnavailable when it does not answer
   * @throws dev.reprise.restart.ClusterRefused when it does not let us ask
   */
  static Node statusOf(KubernetesApi api, ApiResource resource, String kind, JsonObject spec) {
    JsonObject review = new JsonObject();
    review.addProperty("apiVersion", resource.apiVersion());
    review.addProperty("kind", kind);
    review.add("spec", spec);
    try {
      return Node.of(api.review(resource.everywhere(), review).body()).at("status");
    } catch (ApiFailure failure) {
      throw Failures.ofRead(failure);
    }
  }
}
