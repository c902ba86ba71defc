package dev.reprise.plan;

import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.workload.WorkloadState;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restart by one of the strategies would come to.
 *
 * @param plan for the request as it was made
 * @param foreseen what would be done; there too where nothing but the certain downtime speaks
 *     against it, and null where nothing would be done even if that were accepted
 */
public record StrategyPlan(Strategy strategy, RestartPlan plan, @Nullable Proceed foreseen) {

  public static StrategyPlan of(
      RestartPlanner planner,
      WorkloadState state,
      Surroundings around,
      Strategy strategy,
      boolean acceptDowntime) {
    return new StrategyPlan(
        strategy,
        planner.plan(state, around, strategy, acceptDowntime),
        planner.plan(state, around, strategy, true) instanceof Proceed proceed ? proceed : null);
  }

  /** The plan of each strategy, side by side, when downtime is not accepted. */
  public static List<StrategyPlan> allOf(
      RestartPlanner planner, WorkloadState state, Surroundings around) {
    return Arrays.stream(Strategy.values())
        .map(strategy -> of(planner, state, around, strategy, false))
        .toList();
  }
}
