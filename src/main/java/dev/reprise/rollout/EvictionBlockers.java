package dev.reprise.rollout;

import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the API server said when it refused to evict a pod. */
final class EvictionBlockers {

  private EvictionBlockers() {}

  /** The first refusal that still stands: the others mostly say the same. */
  static Stream<Blocker> of(List<PodEviction> evicting, PodsByAge pods, WorkloadState state) {
    Set<String> running =
        pods.before().stream()
            .filter(pod -> !pod.terminating())
            .map(PodSnapshot::uid)
            .collect(Collectors.toSet());
    return evicting.stream()
        .filter(eviction -> eviction.refusal() != null && running.contains(eviction.uid()))
        .limit(1)
        .map(eviction ->
            new Blocker(
                "EvictionRefused",
                "Pod " + eviction.pod(),
                "The API server refuses to evict it: " + eviction.refusal(),
                "kubectl get poddisruptionbudgets -n " + state.workload().ref().namespace()));
  }
}
