package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.restart.WorkloadGateway.EvictionOutcome;
import dev.reprise.workload.PodSnapshot;

/** Evicts pods, as far as their disruption budgets allow. */
final class Evictions {

  private final KubernetesApi api;

  Evictions(KubernetesApi api) {
    this.api = api;
  }

  EvictionOutcome evict(String namespace, PodSnapshot pod) {
    try {
      api.create(pathOf(namespace, pod), object(namespace, pod));
      return new EvictionOutcome.Evicted();
    } catch (ApiFailure failure) {
      return outcomeOf(failure);
    }
  }

  static ApiPath pathOf(String namespace, PodSnapshot pod) {
    return Resources.PODS.in(namespace).named(pod.name()).subresource("eviction");
  }

  /** The eviction of this very pod, and of no other that bears its name by then. */
  static JsonObject object(String namespace, PodSnapshot pod) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", pod.name());
    metadata.addProperty("namespace", namespace);
    JsonObject preconditions = new JsonObject();
    preconditions.addProperty("uid", pod.uid());
    JsonObject options = new JsonObject();
    options.add("preconditions", preconditions);
    JsonObject eviction = new JsonObject();
    eviction.addProperty("apiVersion", "policy/v1");
    eviction.addProperty("kind", "Eviction");
    eviction.add("metadata", metadata);
    eviction.add("deleteOptions", options);
    return eviction;
  }

  /**
   * A conflict is another pod of that name. A pod with several budgets is a 500, and a budget that
   * makes no sense a 403.
   */
  private static EvictionOutcome outcomeOf(ApiFailure failure) {
    if (failure.code() == 429 && failure.hasCause("DisruptionBudget")) {
      return new EvictionOutcome.Blocked(failure.serverMessage(), failure.retryAfter());
    }
    return switch (failure.code()) {
      case 404, 409 -> new EvictionOutcome.Evicted();
      case 400, 401, 403, 405, 413, 415, 422, 500 ->
          new EvictionOutcome.Refused(failure.reason(), failure.serverMessage());
      case 429 -> throw Failures.ofRead(failure);
      default -> new EvictionOutcome.Uncertain();
    };
  }
}
