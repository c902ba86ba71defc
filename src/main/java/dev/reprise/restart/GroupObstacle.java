package dev.reprise.restart;

import dev.reprise.plan.GroupPlan;
import dev.reprise.workload.WorkloadSelection;
import java.util.List;

/** What keeps a group from being restarted at all, as things stand. */
public sealed interface GroupObstacle {

  /** Also where it was not asked for over HTTP. */
  sealed interface Binding extends GroupObstacle {}

  /** Some members would be refused. */
  record Refused(GroupPlan plan) implements Binding {}

  /** Other Restarts of members are under way. */
  record Busy(List<Restart> others) implements Binding {

    public Busy {
      others = List.copyOf(others);
    }
  }

  /** A member was restarted a short time ago, which only callers over HTTP are held to. */
  record CoolingDown(Cooldown.Cooling cooling) implements GroupObstacle {}

  /** No workload is selected. */
  record NothingSelected(WorkloadSelection selection) implements Binding {}

  /** More are selected than a group can have. */
  record TooMany(int selected) implements Binding {}
}
