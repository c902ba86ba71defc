package dev.reprise.workload;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which workloads of a namespace use which ConfigMaps and Secrets, be it by the pod template of a
 * Deployment that they refer to.
 */
public final class ConfigUsers {

  private final Map<WorkloadRef, PodTemplate> templates;
  private final Map<WorkloadRef, DeploymentSnapshot> lenders;
  private final Set<WorkloadRef> lent;
  private final Map<ConfigReference, Set<WorkloadRef>> users = new HashMap<>();

  private ConfigUsers(
      Map<WorkloadRef, PodTemplate> templates, Map<WorkloadRef, DeploymentSnapshot> lenders) {
    this.templates = templates;
    this.lenders = lenders;
    this.lent = lenders.values().stream().map(DeploymentSnapshot::ref).collect(Collectors.toSet());
    templates.forEach((workload, template) ->
        template
            .uses()
            .forEach(config -> users.computeIfAbsent(config, _ -> new HashSet<>()).add(workload)));
  }

  /**
   * Looks through them once.
   *
   * @param namespace all workloads of a namespace
   */
  public static ConfigUsers of(Collection<WorkloadSnapshot> namespace) {
    Map<WorkloadRef, DeploymentSnapshot> deployments =
        namespace.stream()
            .filter(DeploymentSnapshot.class::isInstance)
            .map(DeploymentSnapshot.class::cast)
            .collect(Collectors.toMap(DeploymentSnapshot::ref, each -> each));
    Map<WorkloadRef, PodTemplate> templates = new HashMap<>();
    Map<WorkloadRef, DeploymentSnapshot> lenders = new HashMap<>();
    for (WorkloadSnapshot workload : namespace) {
      DeploymentSnapshot lender =
          switch (workload) {
            case ArgoRolloutSnapshot rollout -> deployments.get(rollout.lender());
            case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> null;
          };
      if (lender != null) {
        lenders.put(workload.ref(), lender);
      }
      templates.put(workload.ref(), lender == null ? workload.template() : lender.template());
    }
    return new ConfigUsers(templates, lenders);
  }

  /** Those whose pod template refers to it. */
  public Set<WorkloadRef> of(ConfigReference config) {
    return Collections.unmodifiableSet(users.getOrDefault(config, Set.of()));
  }

  /** The pod template, be it another object's. */
  public PodTemplate templateOf(WorkloadSnapshot workload) {
    return Objects.requireNonNull(templates.get(workload.ref()));
  }

  /** The Deployment that it takes its pod template from; null when it has one of its own. */
  public @Nullable DeploymentSnapshot lenderOf(WorkloadSnapshot workload) {
    return lenders.get(workload.ref());
  }

  /** Whether others take their pod template from it. */
  public boolean isLent(WorkloadRef deployment) {
    return lent.contains(deployment);
  }
}
