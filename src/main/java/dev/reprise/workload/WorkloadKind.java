package dev.reprise.workload;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of workload that can be restarted. */
public enum WorkloadKind {
  Deployment("Deployment", "apps", "v1", "deployments", "deploy"),
  StatefulSet("StatefulSet", "apps", "v1", "statefulsets", "sts"),
  DaemonSet("DaemonSet", "apps", "v1", "daemonsets", "ds"),
  /** Argo's {@code Rollout}; named in full, since a rollout is also what happens after a change. */
  ArgoRollout("Rollout", "argoproj.io", "v1alpha1", "rollouts", "ro");

  private final String kind;
  private final String group;
  private final String version;
  private final String plural;
  private final String shortName;

  WorkloadKind(String kind, String group, String version, String plural, String shortName) {
    this.kind = kind;
    this.group = group;
    this.version = version;
    this.plural = plural;
    this.shortName = shortName;
  }

  /** The API's own {@code kind}: {@code Deployment}, {@code Rollout}. */
  public String kind() {
    return kind;
  }

  /** The API group, for instance {@code apps}. */
  public String group() {
    return group;
  }

  /** The API version within the group. */
  public String version() {
    return version;
  }

  /** The resource name as it stands in API paths and RBAC rules. */
  public String plural() {
    return plural;
  }

  /**
   * The kind that {@code text} names: in any case, singular or plural, or by kubectl's short name.
   * Empty when it names none of these.
   */
  public static Optional<WorkloadKind> parse(String text) {
    String asked = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(candidate -> candidate.isNamed(asked)).findFirst();
  }

  private boolean isNamed(String asked) {
    return asked.equals(kind.toLowerCase(Locale.ROOT))
        || asked.equals(plural)
        || asked.equals(shortName);
  }

  @Override
  public String toString() {
    return kind;
  }
}
