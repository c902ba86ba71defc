package dev.reprise.reload;

import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.ManagedBy;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which workloads Stakater Reloader would restart for the same change as we do. */
final class BesideReloader {

  /** Reloader's chart and manifests have these labels on its own Deployment. */
  private static final Map<String, String> LABELS =
      Map.of("provider", "stakater", "group", "com.stakater.platform");

  private BesideReloader() {}

  /**
   * Those with annotations for both. Where Reloader's annotations are ours as well, all that have
   * some, if Reloader is seen to run.
   *
   * @param all of the covered namespaces
   */
  static List<WorkloadRef> of(Collection<WorkloadSnapshot> all, boolean alsoReloaders) {
    boolean isOurs = alsoReloaders && all.stream().anyMatch(BesideReloader::isReloader);
    return all.stream()
        .filter(BesideReloader::isReloaders)
        .filter(workload ->
            isOurs
                || ReloadRules.of(workload.metadata().reloading())
                    instanceof ReloadRules.Reading.Says)
        .map(WorkloadSnapshot::ref)
        .toList();
  }

  private static boolean isReloaders(WorkloadSnapshot workload) {
    return workload.metadata().managedBy().stream()
        .anyMatch(by -> by.tool() == ManagedBy.Tool.Reloader);
  }

  private static boolean isReloader(WorkloadSnapshot workload) {
    return workload instanceof DeploymentSnapshot
        && workload.metadata().labels().entrySet().containsAll(LABELS.entrySet());
  }
}
