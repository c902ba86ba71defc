package dev.reprise.restart;

import java.util.List;
import java.util.Optional;

/**
 * What there is of groups besides {@link RestartStore}, by the same rules: reads are from the
 * watched cache, own writes are seen at once, and {@link ClusterUnavailable} is thrown when the API
 * server does not answer.
 */
public interface GroupStore {

  /**
   * Creates the group, or finds what has that name. A lost answer is settled by reading it.
   *
   * @throws ClusterRefused when the API server does not let us
   */
  Created<RestartGroup> create(RestartKey key, GroupSpec spec);

  /** What {@link #create} would send, with what the API server says; changes nothing. */
  DryRunRequest dryRunCreate(RestartKey key, GroupSpec spec);

  /**
   * Creates the Restart of one member, owned by the group, unless it is there already.
   *
   * @throws ClusterRefused when the API server does not let us
   */
  void createMember(RestartGroup group, GroupStatus.Member member);

  /** All groups that the cache holds. */
  List<RestartGroup> groups();

  /**
   * Writes the status if nobody has changed the group since it was read.
   *
   * @return the group as it is now; empty when someone has changed or deleted it
   */
  Optional<RestartGroup> updateStatus(RestartGroup group, GroupStatus status);
}
