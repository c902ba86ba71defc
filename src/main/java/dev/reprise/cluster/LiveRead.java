package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a workload with what it owns straight from the API server. */
final class LiveRead {

  private final KubernetesApi api;

  LiveRead(KubernetesApi api) {
    this.api = api;
  }

  /**
   * @throws ApiFailure when the API server does not answer, or refuses
   */
  Reading read(WorkloadRef ref) {
    try {
      ApiAnswer answer = api.get(Resources.of(ref.kind()).in(ref.namespace()).named(ref.name()));
      return new Reading.Found(stateOf(ref, answer.body()), answer.serverTime());
    } catch (ApiFailure failure) {
      if (failure.code() != 404) {
        throw failure;
      }
      return whatIsMissing(ref, failure);
    }
  }

  private WorkloadState stateOf(WorkloadRef ref, JsonObject object) {
    WorkloadSnapshot workload = WorkloadMapping.workload(ref.kind(), object);
    Selection selector = Selectors.of(Node.of(object));
    List<ReplicaSetSnapshot> owned = new ArrayList<>();
    Set<String> all = new HashSet<>();
    api.list(
        Resources.REPLICA_SETS.in(ref.namespace()),
        selector,
        item -> {
          ReplicaSetSnapshot replicaSet = OwnedMapping.replicaSet(item);
          all.add(replicaSet.uid());
          if (replicaSet.ownerUid().equals(workload.metadata().uid())) {
            owned.add(replicaSet);
          }
        });
    Set<String> ownedUids = new HashSet<>();
    owned.forEach(replicaSet -> ownedUids.add(replicaSet.uid()));
    List<PodSnapshot> pods = new ArrayList<>();
    api.list(
        Resources.PODS.in(ref.namespace()),
        selector,
        item -> {
          PodSnapshot pod = OwnedMapping.pod(item);
          boolean isOrphan = !all.contains(pod.ownerUid()) && Ownership.namesOwner(pod, ref);
          if (ownedUids.contains(pod.ownerUid()) || isOrphan) {
            pods.add(pod);
          }
        });
    return new WorkloadState(workload, owned, pods);
  }

  private Reading whatIsMissing(WorkloadRef ref, ApiFailure failure) {
    if (Failures.isUnknownResource(failure)) {
      return new Reading.NoSuchKind();
    }
    try {
      api.get(Resources.NAMESPACES.everywhere().named(ref.namespace()));
      return new Reading.NoSuchWorkload();
    } catch (ApiFailure ofNamespace) {
      return switch (ofNamespace.code()) {
        case 404 -> new Reading.NoSuchNamespace();
        // Where we may not look at namespaces, the workload is missing all the same.
        case 403 -> new Reading.NoSuchWorkload();
        default -> throw ofNamespace;
      };
    }
  }
}
