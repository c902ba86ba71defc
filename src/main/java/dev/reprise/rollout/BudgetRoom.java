package dev.reprise.rollout;

import dev.reprise.workload.BudgetSnapshot;
import dev.reprise.workload.PodSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a workload's disruption budget leaves to those who evict its pods, one after the other. */
final class BudgetRoom {

  private final @Nullable BudgetSnapshot budget;
  private int left;

  private BudgetRoom(@Nullable BudgetSnapshot budget) {
    this.budget = budget;
    left = budget == null ? 0 : budget.disruptionsAllowed();
  }

  /** With several budgets only the API server can tell which of them a pod has: it decides. */
  static BudgetRoom of(List<BudgetSnapshot> budgets) {
    return new BudgetRoom(budgets.size() == 1 ? budgets.getFirst() : null);
  }

  /** Takes the room that the eviction of this pod needs; false when there is none. */
  boolean take(PodSnapshot pod) {
    if (budget == null || budget.isFree(pod)) {
      return true;
    }
    left--;
    return left >= 0;
  }
}
