package dev.reprise.cluster;

import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The ReplicaSets and pods of one namespace, under watch while someone needs them. */
final class NamespaceWatch {

  private final Reflector<ReplicaSetSnapshot> replicaSets;
  private final Reflector<PodSnapshot> pods;
  private final Set<String> replicaSetUids = ConcurrentHashMap.newKeySet();
  private final OwnerIndex<ReplicaSetSnapshot> replicaSetsByOwner =
      new OwnerIndex<>(ReplicaSetSnapshot::ownerUid, ReplicaSetSnapshot::name);
  private final OwnerIndex<PodSnapshot> podsByOwner =
      new OwnerIndex<>(PodSnapshot::ownerUid, PodSnapshot::name);
  private final OwnerIndex<PodSnapshot> podsByWorkloadName =
      new OwnerIndex<>(Ownership::workloadName, PodSnapshot::name);

  /**
   * @param onChange called with the name that a changed object's workload probably has; empty when
   *     its name doesn't tell
   */
  NamespaceWatch(String namespace, ReflectorFactory reflectors, Consumer<String> onChange) {
    replicaSets =
        reflectors.of(
            Resources.REPLICA_SETS,
            namespace,
            OwnedMapping::replicaSet,
            (before, now) -> {
              replicaSetsByOwner.change(before, now);
              track(before, now);
              onChange.accept("");
            });
    pods =
        reflectors.of(
            Resources.PODS,
            namespace,
            OwnedMapping::pod,
            (before, now) -> {
              podsByOwner.change(before, now);
              podsByWorkloadName.change(before, now);
              onChange.accept(
                  Ownership.workloadName(Objects.requireNonNull(now == null ? before : now)));
            });
  }

  void start() {
    replicaSets.start();
    pods.start();
  }

  void stop() {
    replicaSets.stop();
    pods.stop();
  }

  boolean isSynced() {
    return replicaSets.isSynced() && pods.isSynced();
  }

  /** The workload with what it owns here. */
  WorkloadState stateOf(WorkloadSnapshot workload) {
    List<ReplicaSetSnapshot> owned = replicaSetsByOwner.ownedBy(workload.metadata().uid());
    Stream<PodSnapshot> ofReplicaSets =
        owned.stream()
            .map(ReplicaSetSnapshot::uid)
            .map(podsByOwner::ownedBy)
            .flatMap(Collection::stream);
    Stream<PodSnapshot> ofVanishedReplicaSets =
        podsByWorkloadName.ownedBy(workload.ref().name()).stream()
            .filter(pod -> !replicaSetUids.contains(pod.ownerUid()));
    return new WorkloadState(
        workload, owned, Stream.concat(ofReplicaSets, ofVanishedReplicaSets).toList());
  }

  private void track(@Nullable ReplicaSetSnapshot before, @Nullable ReplicaSetSnapshot now) {
    if (now != null) {
      replicaSetUids.add(now.uid());
    } else if (before != null) {
      replicaSetUids.remove(before.uid());
    }
  }
}
