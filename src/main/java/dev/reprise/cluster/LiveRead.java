package dev.reprise.cluster;

import com.google.gson.JsonObject;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Revision;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a workload with what it owns straight from the API server. */
final class LiveRead {

  private static final Logger LOGGER = LoggerFactory.getLogger(LiveRead.class);

  private final KubernetesApi api;

  LiveRead(KubernetesApi api) {
    this.api = api;
  }

  /**
   * The workload with its revisions and pods, which are listed side by side.
   *
   * @throws ApiFailure when the API server does not answer, or refuses
   */
  Reading read(WorkloadRef ref) {
    return read(
        ref,
        object ->
            stateOf(WorkloadMapping.workload(ref.kind(), object), Selectors.of(Node.of(object))));
  }

  /**
   * The same, but what it owns as the API server's cache has it.
   *
   * @param watched what it owns by our own watches, where they have caught up with it; then it is
   *     not listed
   * @throws ApiFailure when the API server does not answer, or refuses
   */
  Reading glance(WorkloadRef ref, Function<WorkloadSnapshot, Optional<WorkloadState>> watched) {
    return read(
        ref,
        object -> {
          WorkloadSnapshot workload = WorkloadMapping.workload(ref.kind(), object);
          return watched
              .apply(workload)
              .orElseGet(() -> stateOf(workload, Selectors.of(Node.of(object)).fromCache()));
        });
  }

  /**
   * The workload alone.
   *
   * @throws ApiFailure when the API server does not answer, or refuses
   */
  Reading look(WorkloadRef ref) {
    return read(
        ref,
        object ->
            new WorkloadState(WorkloadMapping.workload(ref.kind(), object), List.of(), List.of()));
  }

  private Reading read(WorkloadRef ref, Function<JsonObject, WorkloadState> state) {
    try {
      ApiAnswer answer = api.get(Resources.of(ref.kind()).in(ref.namespace()).named(ref.name()));
      return new Reading.Found(state.apply(answer.body()), answer.serverTime());
    } catch (ApiFailure failure) {
      if (failure.code() != 404) {
        throw failure;
      }
      return whatIsMissing(ref, failure);
    }
  }

  private WorkloadState stateOf(WorkloadSnapshot workload, Selection selector) {
    WorkloadRef ref = workload.ref();
    FutureTask<List<Revision>> revisions =
        new FutureTask<>(
            () -> list(ref, revisionsOf(ref.kind()), selector, item -> revision(ref.kind(), item)));
    Thread.startVirtualThread(revisions);
    List<PodSnapshot> pods = list(ref, Resources.PODS, selector, OwnedMapping::pod);
    return Ownership.stateOf(workload, outcomeOf(revisions), pods);
  }

  static <T> T outcomeOf(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterUnavailable("Interrupted while reading", false, null, e);
    }
  }

  private <T> List<T> list(
      WorkloadRef ref, ApiResource resource, Selection selector, Function<JsonObject, T> mapping) {
    List<T> all = new ArrayList<>();
    api.list(resource.in(ref.namespace()), selector, item -> all.add(mapping.apply(item)));
    return all;
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
        case 403 -> {
          LOGGER
              .atWarn()
              .addKeyValue("cause", failure.getMessage())
              .log("A namespace that is missing cannot be told from a workload that is");
          yield false;
        }
        default -> throw failure;
      };
    }
  }
}
