package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Landed;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which old pods are evicted next.
 *
 * @param decided those that were decided on before and have not begun to end, then those decided on
 *     now; to be recorded before the first of these is asked for
 * @param possible those of them that the disruption budget lets go now
 */
public record NextEvictions(List<PodEviction> decided, List<PodSnapshot> possible) {

  /** What is recorded of a restart is read and written often, so it must stay small. */
  private static final int MOST_AT_ONCE = 50;

  public NextEvictions {
    decided = List.copyOf(decided);
    possible = List.copyOf(possible);
  }

  /**
   * Chooses among the pods from before the restart. A ready one is taken only while as many pods
   * stay available without it as must; one decided on before counts as missing, since its eviction
   * may take effect at any moment. A pod that is not ready serves nothing, so that its eviction
   * costs nothing: however few are available, it is taken.
   *
   * @param before what is recorded; read before {@code state} was, it leaves out no pod that
   *     somebody may evict, and no two leaders together take more than may be missing
   * @param now the API server's time
   */
  public static NextEvictions of(
      Trigger trigger, Landed landed, WorkloadState state, List<PodEviction> before, Instant now) {
    WorkloadSnapshot workload = state.workload();
    List<PodSnapshot> old =
        EvictionOrder.of(workload, PodsByAge.of(trigger, landed, state).before());
    Map<String, PodEviction> known =
        before.stream()
            .collect(Collectors.toMap(PodEviction::uid, Function.identity(), (one, _) -> one));
    BudgetRoom budget = BudgetRoom.of(state.budgets());
    List<PodEviction> decided = new ArrayList<>();
    List<PodSnapshot> possible = new ArrayList<>();
    int spare = state.certainlyAvailable() - (workload.desired() - workload.mayBeMissing());
    for (PodSnapshot pod : old) {
      PodEviction eviction = known.get(pod.uid());
      if (eviction != null) {
        spare -= cost(pod);
        decided.add(eviction);
        if (budget.take(pod)) {
          possible.add(pod);
        }
      }
    }
    if (isArgoEvicting(workload, now)) {
      spare = 0;
    }
    for (PodSnapshot pod : old) {
      boolean isOneMore = !known.containsKey(pod.uid()) && decided.size() < MOST_AT_ONCE;
      if (isOneMore && cost(pod) <= Math.max(0, spare) && budget.take(pod)) {
        spare -= cost(pod);
        decided.add(new PodEviction(pod.name(), pod.uid(), null));
        possible.add(pod);
      }
    }
    return new NextEvictions(decided, possible);
  }

  /** Its controller counts as we do but not with us: the ready pods are left to one of the two. */
  private static boolean isArgoEvicting(WorkloadSnapshot workload, Instant now) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ -> false;
      case ArgoRolloutSnapshot rollout -> {
        Instant restartAt = rollout.restartAt();
        yield restartAt != null
            && !restartAt.equals(rollout.restartedAt())
            && restartAt.isBefore(now);
      }
    };
  }

  /** How many available pods its eviction takes away. */
  private static int cost(PodSnapshot pod) {
    return pod.ready() ? 1 : 0;
  }
}
