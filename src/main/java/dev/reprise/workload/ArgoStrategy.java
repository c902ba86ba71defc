package dev.reprise.workload;

/** How an Argo Rollout goes from one revision to the next. */
public sealed interface ArgoStrategy {

  /** The pods that may be missing at once. */
  IntOrPercent maxUnavailable();

  /** In steps, with part of the pods. */
  record Canary(IntOrPercent maxSurge, IntOrPercent maxUnavailable, int steps)
      implements ArgoStrategy {}

  /** All new pods beside all old ones, then a switch. */
  record BlueGreen(IntOrPercent maxUnavailable) implements ArgoStrategy {}
}
