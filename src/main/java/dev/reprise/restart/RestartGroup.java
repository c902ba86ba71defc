package dev.reprise.restart;

import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request to restart a group of workloads, and what became of it. */
public record RestartGroup(
    RestartKey key,
    String uid,
    String resourceVersion,
    Instant requestedAt,
    GroupSpec spec,
    GroupStatus status)
    implements AnyRestart {

  @Override
  public Caller requestedBy() {
    return spec.requestedBy();
  }

  @Override
  public @Nullable String fingerprint() {
    return spec.fingerprint();
  }

  @Override
  public Phase phase() {
    return status.phase();
  }

  @Override
  public @Nullable Instant finishedAt() {
    return status.finishedAt();
  }

  @Override
  public boolean isToBeCancelled() {
    return spec.cancel();
  }

  /** Nothing of the group itself is taken back; its members tell that of themselves. */
  @Override
  public boolean isTakenBackOrFinished() {
    return isFinished();
  }

  /** Whether its members are chosen. */
  public boolean hasBegun() {
    return status.startedAt() != null;
  }

  /** Whether there is more to tell than that it is recorded. */
  public boolean isSettled() {
    return hasBegun() || isFinished() || status.isWaiting();
  }

  /** Whether it has ended without having restarted anything that it should have. */
  public boolean hasFailedBeforeBegin() {
    return phase() == Phase.Failed && !hasBegun();
  }

  public GroupMembership membership() {
    return new GroupMembership(key.name(), uid);
  }

  /** A member of this group; its Restart has the same name whoever asks. */
  public GroupStatus.Member member(WorkloadRef target, List<String> sharedBudgets) {
    return new GroupStatus.Member(target, RestartNames.ofMember(uid, target), sharedBudgets);
  }

  /** Where the Restart of one of its members lives. */
  public RestartKey keyOf(GroupStatus.Member member) {
    return new RestartKey(key.namespace(), member.restart());
  }

  public RestartGroup with(GroupStatus status) {
    return new RestartGroup(key, uid, resourceVersion, requestedAt, spec, status);
  }
}
