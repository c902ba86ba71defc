package dev.reprise.plan;

import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restart by one of the strategies would come to.
 *
 * @param plan when the caller does not accept downtime
 * @param foreseen what would be done; there too where nothing but the certain downtime speaks
 *     against it, and null where nothing would be done even if that were accepted
 */
public record StrategyPlan(Strategy strategy, RestartPlan plan, @Nullable Proceed foreseen) {

  /** The plan of each strategy, side by side. */
  public static List<StrategyPlan> allOf(WorkloadSnapshot workload) {
    return Arrays.stream(Strategy.values()).map(strategy -> of(workload, strategy)).toList();
  }

  private static StrategyPlan of(WorkloadSnapshot workload, Strategy strategy) {
    return new StrategyPlan(
        strategy,
        RestartPlanner.plan(workload, strategy, false),
        RestartPlanner.plan(workload, strategy, true) instanceof Proceed proceed ? proceed : null);
  }
}
