package dev.reprise.cluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.workload.PodSnapshot;

/** Has the API server say what it would do with a request, and do nothing. */
final class DryRequests {

  private final KubernetesApi api;

  DryRequests(KubernetesApi api) {
    this.api = api.dryRun();
  }

  DryRunRequest create(ApiPath object, JsonObject body) {
    return told("create", object, body, () -> api.create(object.collection(), body));
  }

  DryRunRequest patch(ApiPath object, JsonObject patch) {
    return told("patch", object, patch, () -> api.mergePatch(object, patch));
  }

  DryRunRequest evict(String namespace, PodSnapshot pod) {
    ApiPath path = Evictions.pathOf(namespace, pod);
    JsonObject eviction = Evictions.object(namespace, pod);
    return told(
        "create", path, eviction, () -> api.create(path, dry(Evictions.object(namespace, pod))));
  }

  /** In the body as well as in the query: a pod is not lost to whatever drops one of them. */
  private static JsonObject dry(JsonObject eviction) {
    JsonArray all = new JsonArray();
    all.add("All");
    eviction.getAsJsonObject("deleteOptions").add("dryRun", all);
    return eviction;
  }

  private static DryRunRequest told(String verb, ApiPath object, JsonObject body, Runnable call) {
    try {
      call.run();
      return new DryRunRequest(verb, object.toString(), body.toString(), Verdict.Accepted, "");
    } catch (ApiFailure failure) {
      return new DryRunRequest(
          verb, object.toString(), body.toString(), verdictOf(failure), failure.serverMessage());
    }
  }

  /** Not checked is what may fare otherwise when it is meant, or is sent again then. */
  private static Verdict verdictOf(ApiFailure failure) {
    if (failure.hasCause("DisruptionBudget")) {
      return Verdict.NotNow;
    }
    return switch (failure.code()) {
      case 0, 409, 429, 502, 503, 504 -> Verdict.NotChecked;
      case 400 -> isForDryRunAlone(failure) ? Verdict.NotChecked : Verdict.Refused;
      default -> Verdict.Refused;
    };
  }

  /** A webhook with side effects is not called then ({@code NewDryRunUnsupportedErr}). */
  private static boolean isForDryRunAlone(ApiFailure failure) {
    return failure.serverMessage().contains("does not support dry run");
  }
}
