package dev.reprise.cluster;

import dev.reprise.restart.Created;
import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.GroupSpec;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import java.util.List;
import java.util.Optional;

/** Groups of Restarts as custom resources. */
final class ClusterGroups implements GroupStore {

  private final RestartObjects objects;
  private final DryRequests dryRequests;
  private final AuditTrail trail;

  ClusterGroups(RestartObjects objects, DryRequests dryRequests, AuditTrail trail) {
    this.objects = objects;
    this.dryRequests = dryRequests;
    this.trail = trail;
  }

  @Override
  public Created<RestartGroup> create(RestartKey key, GroupSpec spec) {
    return objects.create(RestartGroup.class, key, GroupMapping.object(key, spec));
  }

  @Override
  public DryRunRequest dryRunCreate(RestartKey key, GroupSpec spec) {
    return dryRequests.create(RestartObjects.pathOf(key), GroupMapping.object(key, spec));
  }

  /** What has that name is this member's, since the name is a hash of group and member. */
  @Override
  public void createMember(RestartGroup group, GroupStatus.Member member) {
    var _ = objects.create(Restart.class, group.keyOf(member), GroupMapping.member(group, member));
  }

  @Override
  public List<RestartGroup> groups() {
    return objects
        .cached()
        .filter(RestartGroup.class::isInstance)
        .map(RestartGroup.class::cast)
        .toList();
  }

  @Override
  public Optional<RestartGroup> updateStatus(RestartGroup group, GroupStatus status) {
    Optional<RestartGroup> written =
        objects
            .updateStatus(group, GroupMapping.status(group, status))
            .map(RestartGroup.class::cast);
    written.ifPresent(now -> trail.tell(group, now));
    return written;
  }
}
