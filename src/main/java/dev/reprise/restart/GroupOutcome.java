package dev.reprise.restart;

import dev.reprise.plan.GroupPlan;
import dev.reprise.workload.WorkloadSelection;
import java.util.List;

/** What became of a {@link GroupRequest}; but for the first nothing was changed. */
public sealed interface GroupOutcome {

  /** There is a group for it; how far it is, its status tells. */
  record Accepted(RestartGroup group) implements GroupOutcome {}

  /** Some members would be refused. */
  record Refused(GroupPlan plan) implements GroupOutcome {}

  /** Other Restarts of members are under way. */
  record Busy(List<Restart> others) implements GroupOutcome {

    public Busy {
      others = List.copyOf(others);
    }
  }

  /** A member was restarted a short time ago. */
  record CoolingDown(Cooldown.Cooling cooling) implements GroupOutcome {}

  /** No workload is selected. */
  record NothingSelected(WorkloadSelection selection) implements GroupOutcome {}

  /** More are selected than a group can have. */
  record TooMany(int selected) implements GroupOutcome {}

  /** The Idempotency-Key was used for another request. */
  record KeyReused(AnyRestart earlier) implements GroupOutcome {}

  /** There is no such namespace, or it is not covered. */
  record Missing(WorkloadGateway.Reading.NoNamespace what) implements GroupOutcome {}
}
