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
 * @param obstacle why it would be turned away before it is recorded; empty when it would not be
 * @param create the request that would be sent to record the group, with what the API server says;
 *     null where there is an obstacle
 */
public record GroupDryRun(
    GroupRequest request,
    GroupPlan plan,
    List<Restart> busy,
    Optional<GroupObstacle> obstacle,
    @Nullable DryRunRequest create) {

  public GroupDryRun {
    busy = List.copyOf(busy);
  }
}
