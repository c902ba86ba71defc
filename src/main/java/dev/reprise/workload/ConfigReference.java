package dev.reprise.workload;

/** A ConfigMap or a Secret in a workload's own namespace. Says nothing about whether it exists. */
public record ConfigReference(Kind kind, String name) {

  /** Kubernetes' own names. */
  public enum Kind {
    ConfigMap,
    Secret
  }

  public ConfigReference {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("A " + kind + " has a name");
    }
  }

  /** As a person would write it: {@code Secret db}. */
  @Override
  public String toString() {
    return kind + " " + name;
  }
}
