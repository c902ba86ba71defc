package dev.reprise.restart;

import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
    return new GroupStatus.Member(target, RestartNames.ofMember(uid, target), sharedBudgets, null);
  }

  /** Where the Restart of one of its members lives. */
  public RestartKey keyOf(GroupStatus.Member member) {
    return new RestartKey(key.namespace(), member.restart());
  }

  /** The Restart of one of its members as it will be made, with the trigger that is recorded. */
  public Restart restartOf(GroupStatus.Member member) {
    Trigger trigger = member.trigger();
    return new Restart(
        keyOf(member),
        "",
        "",
        requestedAt,
        spec.ofMember(member.target(), membership()),
        trigger == null || status.startedAt() == null
            ? RestartStatus.NEW
            : RestartStatus.NEW.begun(trigger, status.startedAt()));
  }

  /**
   * The Restarts of those members whose trigger is recorded here and may have been written, while
   * there may be no such Restart yet.
   */
  public Stream<Restart> beginning() {
    return status.starting().stream()
        .filter(place -> !status.lost().contains(place))
        .mapToObj(status.members()::get)
        .filter(member -> member.trigger() != null)
        .map(this::restartOf);
  }

  public RestartGroup with(GroupStatus status) {
    return new RestartGroup(key, uid, resourceVersion, requestedAt, spec, status);
  }
}
