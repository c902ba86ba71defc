package dev.reprise.reload;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.WorkloadRef;
import java.util.Set;

/**
 * A workload that is to be restarted when its configuration changes.
 *
 * @param configs what it is restarted for
 */
record Reloadable(WorkloadRef target, String uid, Set<ConfigReference> configs, Strategy strategy) {

  Reloadable {
    configs = Set.copyOf(configs);
  }
}
