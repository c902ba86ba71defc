package dev.reprise.workload;

/**
 * Something else that writes to a workload, and so may undo or repeat what a restart does.
 *
 * @param name of what it manages the workload by: Argo CD's Application, Flux' object, Helm's
 *     release, the owner; empty where there is none. Untrusted text: whoever may edit the workload
 *     writes it
 * @param toldBy the label, annotation or reference that tells
 */
public record ManagedBy(Tool tool, String name, String toldBy) {

  /** Who it is. */
  public enum Tool {
    ArgoCD("Argo CD"),
    Flux("Flux"),
    Helm("Helm"),
    /** A controller that owns the workload. */
    Operator("operator"),
    /** Stakater Reloader, which restarts when a ConfigMap or a Secret changes. */
    Reloader("Reloader");

    private final String words;

    Tool(String words) {
      this.words = words;
    }

    /** As a person would write it. */
    @Override
    public String toString() {
      return words;
    }
  }
}
