package dev.reprise.cluster;

import dev.reprise.workload.ControllerRevisionSnapshot;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The revisions and pods of one namespace, under watch while someone needs them. */
final class NamespaceWatch {

  private final Reflector<ReplicaSetSnapshot> replicaSets;
  private final Reflector<ControllerRevisionSnapshot> controllerRevisions;
  private final Reflector<PodSnapshot> pods;
  private final FailedCreates failedCreates;
  private final Runnable onSynced;
  private final Set<String> replicaSetUids = ConcurrentHashMap.newKeySet();
  private final OwnerIndex<Revision> revisionsByOwner =
      new OwnerIndex<>(Revision::ownerUid, Revision::uid);
  private final OwnerIndex<PodSnapshot> podsByOwner =
      new OwnerIndex<>(pod -> pod.owner().uid(), PodSnapshot::name);
  private final OwnerIndex<PodSnapshot> podsByWorkloadName =
      new OwnerIndex<>(Ownership::workloadName, PodSnapshot::name);

  /**
   * @param onChange called with the name that a changed object's workload probably has; empty when
   *     any of them may be meant
   */
  NamespaceWatch(String namespace, ReflectorFactory reflectors, Consumer<String> onChange) {
    this.onSynced = () -> onChange.accept("");
    replicaSets =
        reflectors.of(
            Resources.REPLICA_SETS,
            namespace,
            OwnedMapping::replicaSet,
            (before, now) -> {
              revisionsByOwner.change(before, now);
              track(before, now);
              onChange.accept(workloadOf(before, now));
            });
    controllerRevisions =
        reflectors.of(
            Resources.CONTROLLER_REVISIONS,
            namespace,
            OwnedMapping::controllerRevision,
            (before, now) -> {
              revisionsByOwner.change(before, now);
              onChange.accept(workloadOf(before, now));
            });
    pods =
        reflectors.of(
            Resources.PODS,
            namespace,
            OwnedMapping::pod,
            (before, now) -> {
              podsByOwner.change(before, now);
              podsByWorkloadName.change(before, now);
              String workload =
                  Ownership.workloadName(Objects.requireNonNull(now == null ? before : now));
              // A pod that nothing owns concerns nobody.
              if (!workload.isEmpty()) {
                onChange.accept(workload);
              }
            });
    failedCreates = new FailedCreates(namespace, reflectors, onChange);
  }

  void start() {
    all().forEach(reflector -> reflector.whenSynced(onSynced));
    all().forEach(Reflector::start);
  }

  void stop() {
    all().forEach(Reflector::stop);
    failedCreates.stop();
  }

  boolean isSynced() {
    return all().allMatch(Reflector::isSynced);
  }

  /** Whether all is listed, and no watch has ended without another in its place. */
  boolean isUnbroken() {
    return all().allMatch(Reflector::isUnbroken);
  }

  /** Waits until {@link #isSynced}; false when that took longer than {@code atMost}. */
  boolean awaitSynced(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (Reflector<?> reflector : all().toList()) {
      if (!reflector.awaitSynced(Duration.ofNanos(end - System.nanoTime()))) {
        return false;
      }
    }
    return true;
  }

  /** Those that nothing can be judged without; why pods are missing is not among them. */
  private Stream<Reflector<?>> all() {
    return Stream.of(replicaSets, controllerRevisions, pods);
  }

  /** The workload with what it owns here. */
  WorkloadState stateOf(WorkloadSnapshot workload) {
    String uid = workload.metadata().uid();
    List<Revision> owned = revisionsByOwner.ownedBy(uid);
    Stream<String> owners = Stream.concat(Stream.of(uid), owned.stream().map(Revision::uid));
    Stream<PodSnapshot> ofKnownOwners =
        owners.map(podsByOwner::ownedBy).flatMap(Collection::stream);
    return withFailedCreate(
        new WorkloadState(
            workload,
            owned,
            Stream.concat(ofKnownOwners, ofVanishedReplicaSets(workload)).toList()));
  }

  /** The same, where pods are missing, with why they could not be created. */
  WorkloadState withFailedCreate(WorkloadState state) {
    return state.isShortOfPods()
        ? state.with(failedCreates.last(state.workload().metadata().uid()).orElse(null))
        : state;
  }

  private Stream<PodSnapshot> ofVanishedReplicaSets(WorkloadSnapshot workload) {
    if (!Ownership.makesReplicaSets(workload.ref().kind())) {
      return Stream.of();
    }
    return podsByWorkloadName.ownedBy(workload.ref().name()).stream()
        .filter(pod -> pod.owner().isReplicaSet())
        .filter(pod -> !replicaSetUids.contains(pod.owner().uid()));
  }

  private static String workloadOf(@Nullable Revision before, @Nullable Revision now) {
    return Ownership.nameOfMaker(Objects.requireNonNull(now == null ? before : now).name());
  }

  private void track(@Nullable ReplicaSetSnapshot before, @Nullable ReplicaSetSnapshot now) {
    if (now != null) {
      replicaSetUids.add(now.uid());
    } else if (before != null) {
      replicaSetUids.remove(before.uid());
    }
  }
}
