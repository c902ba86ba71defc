package dev.reprise.workload;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A StatefulSet. Its API has neither a progress deadline nor conditions.
 *
 * @param partition how many pods, those with the lowest ordinals, keep the revision they have
 * @param isOrdered whether a pod that is not ready keeps its controller from all others ({@code
 *     podManagementPolicy: OrderedReady})
 * @param countsUnready whether its controller counts pods that are not ready, whatever their
 *     revision, among those that may be missing, as it does since Kubernetes 1.37 (feature {@code
 *     MaxUnavailableStatefulSet}); otherwise it replaces the highest pod whether those below are
 *     ready or not
 * @param firstOrdinal the ordinal of its first pod, {@code spec.ordinals.start}
 */
public record StatefulSetSnapshot(
    WorkloadMetadata metadata,
    int desired,
    ReplicaCounts counts,
    UpdateStrategy strategy,
    boolean isOrdered,
    boolean countsUnready,
    int partition,
    int firstOrdinal,
    PodTemplate template,
    List<Condition> conditions)
    implements WorkloadSnapshot {

  public StatefulSetSnapshot {
    conditions = List.copyOf(conditions);
  }

  /** The pods from the partition upwards; 0 when it leaves out all of them. */
  @Override
  public int toReplace() {
    return Math.max(0, desired - partition);
  }

  /** Whether the partition leaves the pod out. */
  public boolean isBelowPartition(PodSnapshot pod) {
    return pod.ordinal() >= firstOrdinal && pod.ordinal() < firstOrdinal + partition;
  }

  /** Whether the pod is to go: its ordinal is none of those wanted any more. */
  public boolean isSurplus(PodSnapshot pod) {
    return pod.ordinal() < firstOrdinal || pod.ordinal() >= firstOrdinal + desired;
  }

  /**
   * Those of the pods that keep its controller from replacing any; none under OnDelete, where it
   * replaces none anyhow. In order it waits for each that is not ready (kubernetes #67250); else
   * for those that it does not replace itself, when they are as many as may be missing ({@code
   * updateStatefulSetAfterInvariantEstablished}).
   *
   * @param pods all that there are
   * @param late those of them that have the newest revision and do not get ready
   */
  public List<PodSnapshot> keptFromReplacingBy(List<PodSnapshot> pods, List<PodSnapshot> late) {
    return switch (strategy) {
      case UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ -> {
        List<PodSnapshot> staying =
            unready(pods)
                .filter(pod -> isOrdered || isBelowPartition(pod) || late.contains(pod))
                .toList();
        yield isOrdered || (countsUnready && staying.size() >= mayBeMissing())
            ? staying
            : List.of();
      }
      case UpdateStrategy.OnDelete() -> List.of();
    };
  }

  /**
   * Those of the pods for which its controller waits in order before it makes one anew that
   * somebody deleted ({@code processReplica}), as under OnDelete somebody has to.
   *
   * @param pods all that there are
   */
  public List<PodSnapshot> keptFromMakingBy(List<PodSnapshot> pods) {
    Set<Integer> there = pods.stream().map(PodSnapshot::ordinal).collect(Collectors.toSet());
    int highestMissing =
        IntStream.range(firstOrdinal, firstOrdinal + desired)
            .filter(ordinal -> !there.contains(ordinal))
            .max()
            .orElse(firstOrdinal);
    return unready(pods)
        .filter(pod -> isOrdered && !isSurplus(pod) && pod.ordinal() < highestMissing)
        .toList();
  }

  private static Stream<PodSnapshot> unready(List<PodSnapshot> pods) {
    return pods.stream().filter(pod -> !pod.ready() && !pod.ended());
  }
}
