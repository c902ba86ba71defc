package dev.reprise.restart;

import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would restart once more if a Restart were cancelled. Where a Deployment's pod template was
 * written, going back writes it again, and every Rollout that refers to it rolls out. Safe for use
 * by many threads.
 */
public final class CancelReach {

  private final RestartStore store;
  private final WorkloadGateway workloads;

  public CancelReach(RestartStore store, WorkloadGateway workloads) {
    this.store = store;
    this.workloads = workloads;
  }

  /**
   * The workloads as the watches have them, those of all members of a group; first what it is
   * about, then what comes with that.
   *
   * @throws ClusterUnavailable when the API server does not answer
   */
  Set<WorkloadRef> of(AnyRestart any) {
    List<Restart> restarts = restartsOf(any);
    Set<WorkloadRef> written =
        restarts.stream()
            .filter(CancelReach::isOfReference)
            .map(Restart::followed)
            .collect(Collectors.toSet());
    return Stream.concat(
            restarts.stream().flatMap(restart -> Stream.of(restart.target(), restart.followed())),
            written.isEmpty() ? Stream.of() : sharing(any.key().namespace(), written))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private List<Restart> restartsOf(AnyRestart any) {
    return switch (any) {
      case Restart restart -> List.of(restart);
      case RestartGroup group ->
          group.status().members().stream()
              .map(group::keyOf)
              .map(store::cachedOne)
              .flatMap(Optional::stream)
              .toList();
    };
  }

  private static boolean isOfReference(Restart restart) {
    Trigger trigger = restart.status().trigger();
    return trigger != null && trigger.mechanism() == Mechanism.ReferencedTemplateAnnotation;
  }

  /** The Deployments that these Rollouts refer to, with all Rollouts that do. */
  private Stream<WorkloadRef> sharing(String namespace, Set<WorkloadRef> rollouts) {
    List<ArgoRolloutSnapshot> referring = referring(namespace);
    Set<WorkloadRef> deployments =
        referring.stream()
            .filter(rollout -> rollouts.contains(rollout.ref()))
            .map(ArgoRolloutSnapshot::lender)
            .collect(Collectors.toSet());
    return Stream.concat(
        deployments.stream(),
        referring.stream()
            .filter(rollout -> deployments.contains(rollout.lender()))
            .map(ArgoRolloutSnapshot::ref));
  }

  private List<ArgoRolloutSnapshot> referring(String namespace) {
    return switch (workloads.list(namespace)) {
      case Listing.Missing<?> _ -> List.of();
      case Listing.Found<?>(List<?> found) ->
          found.stream()
              .filter(ArgoRolloutSnapshot.class::isInstance)
              .map(ArgoRolloutSnapshot.class::cast)
              .filter(rollout -> rollout.lender() != null)
              .toList();
    };
  }
}
