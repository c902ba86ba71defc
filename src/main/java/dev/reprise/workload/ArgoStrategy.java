package dev.reprise.workload;

import java.util.List;

/** How an Argo Rollout goes from one revision to the next. */
public sealed interface ArgoStrategy {

  /** The pods that may be missing at once. */
  IntOrPercent maxUnavailable();

  /**
   * In steps, with part of the pods.
   *
   * @param routesTraffic whether a traffic router shares out the requests; the old ReplicaSet then
   *     stays whole until the last step
   */
  record Canary(
      IntOrPercent maxSurge,
      IntOrPercent maxUnavailable,
      List<ArgoStep> steps,
      boolean routesTraffic)
      implements ArgoStrategy {

    public Canary {
      steps = List.copyOf(steps);
    }
  }

  /**
   * All new pods beside all old ones, then a switch.
   *
   * @param promotesItself whether the switch needs no person ({@code autoPromotionEnabled})
   */
  record BlueGreen(IntOrPercent maxUnavailable, boolean promotesItself) implements ArgoStrategy {}
}
