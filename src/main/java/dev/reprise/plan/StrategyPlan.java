package dev.reprise.plan;

import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.workload.WorkloadState;
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
  public static List<StrategyPlan> allOf(
      RestartPlanner planner, WorkloadState state, Surroundings around) {
    return Arrays.stream(Strategy.values())
        .map(strategy ->
            new StrategyPlan(
                strategy,
                planner.plan(state, around, strategy, false),
                planner.plan(state, around, strategy, true) instanceof Proceed proceed
                    ? proceed
                    : null))
        .toList();
  }
}
