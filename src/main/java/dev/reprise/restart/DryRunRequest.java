package dev.reprise.restart;

/**
 * One request that a restart would send to the API server, sent as a dry run: the rights and the
 * admission of the real one apply, and nothing is changed.
 *
 * @param verb as Kubernetes has it: {@code create}, {@code patch}
 * @param object as kubectl writes it, for instance {@code deployments.apps demo/checkout}
 * @param body in JSON
 * @param message what the API server said; empty when it accepted
 */
public record DryRunRequest(
    String verb, String object, String body, Verdict verdict, String message) {

  /** What the API server says. */
  public enum Verdict {
    Accepted,
    Refused,
    /** A disruption budget has no room for it now; the restart would wait. */
    NotNow,
    /** It gave no verdict. */
    NotChecked
  }
}
