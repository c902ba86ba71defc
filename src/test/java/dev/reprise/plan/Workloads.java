package dev.reprise.plan;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.Owner;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Workloads of which a test names what matters to it. */
final class Workloads {

  static final PodTemplate TEMPLATE = new PodTemplate("hash", null);

  private Workloads() {}

  static DeploymentSnapshot deployment(int desired, int available, UpdateStrategy strategy) {
    return new DeploymentSnapshot(
        metadata(WorkloadKind.Deployment),
        desired,
        counts(available),
        strategy,
        false,
        TEMPLATE,
        List.of());
  }

  static DeploymentSnapshot deployment(PodTemplate template) {
    return new DeploymentSnapshot(
        metadata(WorkloadKind.Deployment),
        1,
        counts(1),
        new UpdateStrategy.Recreate(),
        false,
        template,
        List.of());
  }

  static StatefulSetSnapshot statefulSet(
      int desired, int available, int partition, IntOrPercent maxUnavailable) {
    return new StatefulSetSnapshot(
        metadata(WorkloadKind.StatefulSet),
        desired,
        counts(available),
        new UpdateStrategy.RollingUpdate(IntOrPercent.count(0), maxUnavailable),
        true,
        true,
        partition,
        0,
        TEMPLATE,
        List.of());
  }

  static DaemonSetSnapshot daemonSet(int desired, int available, UpdateStrategy strategy) {
    return new DaemonSetSnapshot(
        metadata(WorkloadKind.DaemonSet),
        desired,
        counts(available),
        strategy,
        TEMPLATE,
        List.of());
  }

  static ArgoRolloutSnapshot rollout(int desired, int available, IntOrPercent maxUnavailable) {
    return rollout(desired, available, maxUnavailable, null, null);
  }

  static ArgoRolloutSnapshot rollout(
      int desired,
      int available,
      IntOrPercent maxUnavailable,
      @Nullable Instant restartAt,
      @Nullable Instant restartedAt) {
    return new ArgoRolloutSnapshot(
        metadata(WorkloadKind.ArgoRollout),
        desired,
        counts(available),
        new ArgoStrategy.BlueGreen(maxUnavailable, true),
        TEMPLATE,
        restartAt,
        restartedAt,
        "Healthy",
        "",
        List.of());
  }

  static ReplicaSetSnapshot replicaSet(long number, PodTemplate template) {
    return new ReplicaSetSnapshot("rs-" + number, "rs-" + number, "uid", number, 0, template);
  }

  static PodSnapshot pod(String createdAt) {
    return new PodSnapshot(
        "pod-" + createdAt,
        "pod-" + createdAt,
        Owner.NONE,
        "",
        Instant.parse(createdAt),
        "node-1",
        null,
        false,
        true,
        null,
        List.of());
  }

  private static WorkloadMetadata metadata(WorkloadKind kind) {
    return new WorkloadMetadata(
        new WorkloadRef(kind, "shop", "checkout"),
        "uid",
        "1",
        new Generation(4, 4),
        null,
        false,
        List.of());
  }

  private static ReplicaCounts counts(int available) {
    return new ReplicaCounts(available, available, available, available);
  }
}
