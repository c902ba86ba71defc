package dev.reprise.workload;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What matters to us of a pod template.
 *
 * @param hash of the whole template as the API server returns it, less the label that a controller
 *     adds to its ReplicaSets' templates; so a workload and the ReplicaSet made from it have the
 *     same one; empty while nobody can tell
 * @param labels those that its pods get, by which budgets choose them
 * @param restartedAt the text of the annotation {@link #RESTARTED_AT}, or null
 * @param tellsReadiness whether each of its containers has a readiness probe
 * @param volumeClaims the PersistentVolumeClaims that all of its pods share
 * @param uses the ConfigMaps and Secrets that it refers to, wherever in it
 * @param pullsWith those of them with which images are pulled, and that no pod gets to see
 */
public record PodTemplate(
    String hash,
    @Nullable String restartedAt,
    Map<String, String> labels,
    boolean tellsReadiness,
    List<String> volumeClaims,
    Set<ConfigReference> uses,
    Set<ConfigReference> pullsWith) {

  /** The annotation that {@code kubectl rollout restart} sets, and the only one we set. */
  public static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

  public PodTemplate {
    labels = Map.copyOf(labels);
    volumeClaims = List.copyOf(volumeClaims);
    uses = Set.copyOf(uses);
    pullsWith = Set.copyOf(pullsWith);
  }

  /** One whose images are pulled without a Secret. */
  public PodTemplate(
      String hash,
      @Nullable String restartedAt,
      Map<String, String> labels,
      boolean tellsReadiness,
      List<String> volumeClaims,
      Set<ConfigReference> uses) {
    this(hash, restartedAt, labels, tellsReadiness, volumeClaims, uses, Set.of());
  }

  /** One that uses no ConfigMap and no Secret. */
  public PodTemplate(
      String hash,
      @Nullable String restartedAt,
      Map<String, String> labels,
      boolean tellsReadiness,
      List<String> volumeClaims) {
    this(hash, restartedAt, labels, tellsReadiness, volumeClaims, Set.of());
  }

  /** One without labels and volumes. */
  public PodTemplate(String hash, @Nullable String restartedAt) {
    this(hash, restartedAt, Map.of(), true, List.of());
  }
}
