package dev.reprise.restart;

import dev.reprise.workload.WorkloadKind;

/** Asks the cluster what somebody may do. Safe for use by many threads. */
public interface AccessReviews {

  /** For where nobody is known: everybody may do everything. */
  AccessReviews ALLOW_ALL = (_, _) -> true;

  /**
   * Whether the caller may do this.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us ask
   */
  boolean isAllowed(Caller caller, Action action);

  /**
   * What somebody would do.
   *
   * @param namespace empty for all namespaces
   * @param name empty for all workloads of that kind
   */
  record Action(String verb, WorkloadKind kind, String namespace, String name) {}
}
