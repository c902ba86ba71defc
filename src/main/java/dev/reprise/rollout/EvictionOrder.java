package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** In which order pods are evicted. */
public final class EvictionOrder {

  private EvictionOrder() {}

  /**
   * Those of the pods that can be evicted. The ones that are not ready come first, as nothing is
   * lost with them; then the oldest, or of a StatefulSet the highest ordinal, as its own controller
   * goes about it.
   */
  public static List<PodSnapshot> of(WorkloadSnapshot workload, Collection<PodSnapshot> pods) {
    Comparator<PodSnapshot> first =
        switch (workload) {
          case StatefulSetSnapshot _ -> Comparator.comparingInt(PodSnapshot::ordinal).reversed();
          case DeploymentSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ ->
              Comparator.comparing(PodSnapshot::createdAt);
        };
    return pods.stream()
        .filter(pod -> !pod.terminating() && !pod.ended())
        .sorted(
            Comparator.comparing(PodSnapshot::ready)
                .thenComparing(first)
                .thenComparing(PodSnapshot::name))
        .toList();
  }
}
