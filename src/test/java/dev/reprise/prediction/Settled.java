package dev.reprise.prediction;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A state in which the controllers have nothing left to do.
 *
 * @param kind of the workload; an object from a list does not tell it
 * @param generation at least this one of the workload
 * @param pods how many there are
 * @param unready how many of them are not ready
 * @param phase of a Rollout; empty for any
 */
record Settled(String kind, long generation, int pods, int unready, String phase) {

  /** As many pods as the workload's status says. */
  static final int AS_COUNTED = -1;

  boolean holds(JsonObject workload, List<SeenPod> present, List<JsonObject> budgets, Instant now) {
    int wanted = pods == AS_COUNTED ? Json.numberAt(workload, "status", "replicas") : pods;
    Duration minReady = minReady(workload);
    return isObserved(workload)
        && present.size() == wanted
        && present.stream().noneMatch(SeenPod::going)
        && present.stream().filter(pod -> pod.isAvailable(now, minReady)).count()
            == wanted - unready
        && isCounted(workload, wanted)
        && budgets.stream().allMatch(budget -> isCountedBudget(budget, wanted));
  }

  static Duration minReady(JsonObject workload) {
    return Duration.ofSeconds(Json.numberAt(workload, "spec", "minReadySeconds"));
  }

  private boolean isObserved(JsonObject workload) {
    String current = Json.textAt(workload, "metadata", "generation");
    return Long.parseLong(current) >= generation
        && Json.textAt(workload, "status", "observedGeneration").equals(current);
  }

  /** Whether the status says of the pods what they are. */
  private boolean isCounted(JsonObject workload, int wanted) {
    int available = Json.numberAt(workload, "status", "availableReplicas");
    return switch (kind) {
      case "DaemonSet" ->
          Json.numberAt(workload, "status", "desiredNumberScheduled") == wanted
              && Json.numberAt(workload, "status", "currentNumberScheduled") == wanted
              && Json.numberAt(workload, "status", "numberAvailable") == wanted - unready;
      case "Rollout" -> isCountedRollout(workload, wanted, available);
      default ->
          Json.numberAt(workload, "status", "replicas") == wanted && available == wanted - unready;
    };
  }

  /** A blue-green one counts the active pods only, and an aborted one ends with no updated ones. */
  private boolean isCountedRollout(JsonObject rollout, int wanted, int available) {
    boolean isAborted = Json.textAt(rollout, "status", "abort").equals("true");
    return (phase.isEmpty() || Json.textAt(rollout, "status", "phase").equals(phase))
        && (available == wanted - unready
            || available == Json.numberAt(rollout, "spec", "replicas") - unready)
        && !(isAborted && Json.numberAt(rollout, "status", "updatedReplicas") > 0);
  }

  private boolean isCountedBudget(JsonObject budget, int wanted) {
    return Json.textAt(budget, "status", "observedGeneration")
            .equals(Json.textAt(budget, "metadata", "generation"))
        && Json.numberAt(budget, "status", "expectedPods") == wanted
        && Json.numberAt(budget, "status", "currentHealthy") == wanted - unready;
  }
}
