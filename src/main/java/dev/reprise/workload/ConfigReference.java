package dev.reprise.workload;

import java.util.Comparator;

/** A ConfigMap or a Secret in a workload's own namespace. Says nothing about whether it exists. */
public record ConfigReference(Kind kind, String name) implements Comparable<ConfigReference> {

  private static final Comparator<ConfigReference> ORDER =
      Comparator.comparing(ConfigReference::kind).thenComparing(ConfigReference::name);

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

  /** ConfigMaps first, then by name. */
  @Override
  public int compareTo(ConfigReference other) {
    return ORDER.compare(this, other);
  }

  /** As a person would write it: {@code Secret db}. */
  @Override
  public String toString() {
    return kind + " " + name;
  }
}
