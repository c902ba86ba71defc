package dev.reprise.reload;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigUsers;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workloads of a namespace that are to be restarted for their configuration.
 *
 * @param all by name
 * @param notUnderstood why nothing is done for some whose owners want something
 */
record Reloadables(List<Reloadable> all, Map<WorkloadRef, String> notUnderstood) {

  Reloadables {
    all = List.copyOf(all);
    notUnderstood = Map.copyOf(notUnderstood);
  }

  /**
   * A Rollout's owner may say it on the Rollout or on the Deployment that it takes its pod template
   * from, which is then none of its own: theirs are the pods.
   *
   * @param namespace all workloads of a namespace
   * @param alsoReloaders whether annotations for Stakater Reloader count, where there are none of
   *     ours
   */
  static Reloadables of(Collection<WorkloadSnapshot> namespace, boolean alsoReloaders) {
    ConfigUsers users = ConfigUsers.of(namespace);
    List<Reloadable> all = new ArrayList<>();
    Map<WorkloadRef, String> notUnderstood = new TreeMap<>(Comparator.comparing(Object::toString));
    Set<WorkloadRef> renewed = new HashSet<>();
    List<WorkloadSnapshot> byName =
        namespace.stream()
            .filter(workload -> !workload.metadata().deleting())
            .filter(workload -> !users.isLent(workload.ref()))
            .sorted(Comparator.comparing(workload -> workload.ref().name()))
            .toList();
    for (WorkloadSnapshot workload : byName) {
      DeploymentSnapshot lender = users.lenderOf(workload);
      switch (rule(workload, lender, alsoReloaders)) {
        case ReloadRules.Reading.Nothing() -> {}
        case ReloadRules.Reading.NotUnderstood(String why) ->
            notUnderstood.put(workload.ref(), why);
        case ReloadRules.Reading.Says(ReloadRule rule) -> {
          // A new revision of one of them is one of all that share the pod template.
          boolean isRenewed =
              rule.strategy() == Strategy.NewRevision
                  && lender != null
                  && !renewed.add(lender.ref());
          Set<ConfigReference> configs = rule.of(seenBy(users.templateOf(workload)));
          if (!isRenewed && !configs.isEmpty()) {
            all.add(
                new Reloadable(
                    workload.ref(), workload.metadata().uid(), configs, rule.strategy()));
          }
        }
      }
    }
    return new Reloadables(all, notUnderstood);
  }

  private static ReloadRules.Reading rule(
      WorkloadSnapshot workload, @Nullable DeploymentSnapshot lender, boolean alsoReloaders) {
    Map<String, String> said = new HashMap<>();
    if (lender != null) {
      said.putAll(lender.metadata().reloading());
    }
    said.putAll(workload.metadata().reloading());
    ReloadRules.Reading ours = ReloadRules.of(said);
    return ours instanceof ReloadRules.Reading.Nothing && alsoReloaders
        ? ReloaderRules.of(said, workload.ref().kind())
        : ours;
  }

  /** A Secret for pulling images comes with the next pod anyway, and changes often at some. */
  private static Set<ConfigReference> seenBy(PodTemplate template) {
    Set<ConfigReference> seen = new HashSet<>(template.uses());
    seen.removeAll(template.pullsWith());
    return seen;
  }
}
