package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
    Selection selector = Selectors.of(Node.of(object));
    List<Revision> revisions = new ArrayList<>();
    list(ref, revisionsOf(ref.kind()), selector, item -> revisions.add(revision(ref.kind(), item)));
    List<PodSnapshot> pods = new ArrayList<>();
    list(ref, Resources.PODS, selector, item -> pods.add(OwnedMapping.pod(item)));
    return Ownership.stateOf(WorkloadMapping.workload(ref.kind(), object), revisions, pods);
  }

  private void list(
      WorkloadRef ref, ApiResource resource, Selection selector, Consumer<JsonObject> each) {
    api.list(resource.in(ref.namespace()), selector, each);
  }

  private static ApiResource revisionsOf(WorkloadKind kind) {
    return switch (kind) {
      case Deployment, ArgoRollout -> Resources.REPLICA_SETS;
      case StatefulSet, DaemonSet -> Resources.CONTROLLER_REVISIONS;
    };
  }

  private static Revision revision(WorkloadKind kind, JsonObject object) {
    return switch (kind) {
      case Deployment, ArgoRollout -> OwnedMapping.replicaSet(object);
      case StatefulSet, DaemonSet -> OwnedMapping.controllerRevision(object);
    };
  }

  private Reading whatIsMissing(WorkloadRef ref, ApiFailure failure) {
    if (Failures.isUnknownResource(failure)) {
      return new Reading.NoSuchKind();
    }
    return isMissing(ref.namespace())
        ? new Reading.NoSuchNamespace()
        : new Reading.NoSuchWorkload();
  }

  /** Whether it is known that there is no such namespace: we may not be let look. */
  boolean isMissing(String namespace) {
    try {
      api.get(Resources.NAMESPACES.everywhere().named(namespace));
      return false;
    } catch (ApiFailure failure) {
      return switch (failure.code()) {
        case 404 -> true;
        case 403 -> false;
        default -> throw failure;
      };
    }
  }
}
