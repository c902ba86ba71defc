package dev.reprise.workload;

/**
 * A PodDisruptionBudget, as its controller last reckoned it.
 *
 * @param pods which pods it is about
 * @param disruptionsAllowed how many of them may be evicted now
 * @param currentHealthy how many of them are ready
 * @param desiredHealthy how many of them must stay so
 */
public record BudgetSnapshot(
    String namespace,
    String name,
    LabelSelector pods,
    int disruptionsAllowed,
    int currentHealthy,
    int desiredHealthy) {}
