package dev.reprise.web;

import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.Restart;
import dev.reprise.workload.WorkloadSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a workload.
 *
 * @param lastRestart null when none is known
 * @param plans null in a list
 */
record WorkloadView(
    WorkloadSnapshot workload, @Nullable Restart lastRestart, @Nullable List<StrategyPlan> plans) {}
