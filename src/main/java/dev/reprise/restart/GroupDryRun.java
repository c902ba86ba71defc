package dev.reprise.restart;

import dev.reprise.plan.GroupPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a group would come to now.
 *
 * @param plan of every workload that is selected
 * @param busy the Restarts of members that are under way
 * @param cooling the restart of a member that began too short a time ago; null when there is none
 * @param create the request that would be sent to record the group, with what the API server says;
 *     null where the group is refused before that
 */
public record GroupDryRun(
    GroupRequest request,
    GroupPlan plan,
    List<Restart> busy,
    Cooldown.@Nullable Cooling cooling,
    @Nullable DryRunRequest create) {

  public GroupDryRun {
    busy = List.copyOf(busy);
  }

  /** Why it would be turned away before it is recorded; empty when it would not be. */
  public Optional<GroupOutcome> inTheWay() {
    return RestartGroups.inTheWay(request, plan, busy, cooling);
  }
}
