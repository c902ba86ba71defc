package dev.reprise.reconcile;

import dev.reprise.plan.GroupPlan;
import dev.reprise.plan.TriggerDecision;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.GroupStatus.Member;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.Mark;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.WhenBusy;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.WorkloadGateway.WriteOutcome;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The triggers of the members that begin at once. They are decided when the members are chosen and
 * recorded in the same write, so that a workload costs one request until it restarts. Its Restart
 * comes afterwards and finds out, as ever, what has become of the trigger.
 */
final class GroupTriggering {

  /** Kubernetes' limit for an object is 1.5 MB, and each takes a quarter of a kilobyte. */
  private static final int MOST = 1000;

  /** Less than half of what the API server's flow control gives one such client. */
  private static final int AT_ONCE = 64;

  private final WorkloadGateway workloads;
  private final Claims claims;
  private final Places places;
  private final RecordedMembers recorded;
  private final Leadership leadership;

  GroupTriggering(
      WorkloadGateway workloads,
      Claims claims,
      Places places,
      RecordedMembers recorded,
      Leadership leadership) {
    this.workloads = workloads;
    this.claims = claims;
    this.places = places;
    this.recorded = recorded;
    this.leadership = leadership;
  }

  /**
   * The members, with the triggers of those that begin now. None for whom anything has to be waited
   * for or looked at more closely: their Restarts do that.
   *
   * @param group with its members chosen
   * @param first those that begin now
   * @param states of all workloads as they were planned; one that has changed since refuses the
   *     write
   */
  List<Member> decide(
      RestartGroup group,
      MemberSet first,
      GroupPlan plan,
      Map<WorkloadRef, WorkloadState> states,
      Instant now) {
    if (group.spec().whenBusy() == WhenBusy.Supersede) {
      return group.status().members();
    }
    List<Member> members = Collections.synchronizedList(new ArrayList<>(group.status().members()));
    SideBySide.run(
        first.stream()
            .filter(place -> isSimple(plan.members().get(place)))
            .limit(MOST)
            .<Runnable>mapToObj(place ->
                () -> {
                  Member member = members.get(place);
                  WorkloadState state = Objects.requireNonNull(states.get(member.target()));
                  if (mayBegin(group.restartOf(member), state)) {
                    Mechanism mechanism = plan.members().get(place).plan().mechanism();
                    members.set(place, member.with(TriggerDecision.decide(mechanism, state, now)));
                  }
                })
            .toList(),
        AT_ONCE);
    return members;
  }

  /** Whether the workload itself is all that is written. */
  private static boolean isSimple(GroupPlan.Member member) {
    return member.plan().workload().equals(member.target())
        && switch (member.plan().mechanism()) {
          case TemplateAnnotation, RestartAt -> true;
          case ReferencedTemplateAnnotation, Eviction -> false;
        };
  }

  private boolean mayBegin(Restart restart, WorkloadState state) {
    boolean isFree =
        claims.inTheWay(restart, state, claims.claimant(restart, state.workload())).isEmpty();
    if (isFree && places.waitsFor(restart).isEmpty()) {
      return true;
    }
    places.leave(restart);
    return false;
  }

  /** What was decided is not recorded, so that it has no place. */
  void giveUp(RestartGroup group) {
    group.beginning().forEach(places::leave);
  }

  /** Writes what is recorded, each once; whatever fails, the Restart of that member tries again. */
  void write(RestartGroup group, Map<WorkloadRef, WorkloadState> states) {
    List<Runnable> writes =
        group
            .beginning()
            .<Runnable>map(restart ->
                () -> write(restart, Objects.requireNonNull(states.get(restart.target()))))
            .toList();
    SideBySide.run(writes, AT_ONCE);
  }

  private void write(Restart restart, WorkloadState state) {
    if (!leadership.isLeader()) {
      return;
    }
    Trigger trigger = Objects.requireNonNull(restart.status().trigger());
    try {
      if (workloads.write(state, trigger, Mark.of(restart))
          instanceof WriteOutcome.Landed(var left)) {
        recorded.note(restart.key(), Landed.in(left, trigger.mechanism()));
      }
    } catch (ClusterUnavailable _) {
      // It may have landed all the same: a live read decides that, as after any crash.
    }
  }
}
