package dev.reprise.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other end of {@code workloadRef}.
 *
 * @param referenced the Deployment that this Rollout takes its pod template from; null when it
 *     takes it from no Deployment, or from one that does not exist
 * @param referring the Rollouts that take their pod template from this Deployment, by name; for a
 *     Rollout, the others that take it from the same one as it does
 */
public record References(
    @Nullable DeploymentSnapshot referenced, List<ArgoRolloutSnapshot> referring) {

  public static final References NONE = new References(null, List.of());

  public References {
    referring = List.copyOf(referring);
  }
}
