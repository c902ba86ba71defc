package dev.reprise.restart;

import dev.reprise.plan.GroupPlan.Skipped;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a group, as its leader last recorded it. How each member stands, its own
 * Restart tells.
 *
 * @param reason one PascalCase word
 * @param message a sentence
 * @param startedAt when its members were chosen, by the API server's clock; null before
 * @param finishedAt when it ended, by the API server's clock; null before
 * @param members those that restart, in the order in which they begin; the same ever after they
 *     were chosen
 * @param skipped those that were left out, and why
 * @param begun members whose Restart is known to have been made
 * @param starting members that may begin, but whose Restart may not have been made yet. Recorded
 *     before it is made, so that two leaders together begin no more than one may
 * @param lost members whose Restart somebody has deleted before its end, so that nobody knows it
 */
public record GroupStatus(
    Phase phase,
    String reason,
    String message,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    List<Member> members,
    List<Skipped> skipped,
    MemberSet begun,
    MemberSet starting,
    MemberSet lost,
    GroupCounts counts) {

  /** The status of a group that nobody has looked at yet. */
  public static final GroupStatus NEW =
      new GroupStatus(
          Phase.Pending,
          "Accepted",
          "Waiting for the leader to begin",
          null,
          null,
          List.of(),
          List.of(),
          MemberSet.NONE,
          MemberSet.NONE,
          MemberSet.NONE,
          GroupCounts.NONE);

  public GroupStatus {
    members = List.copyOf(members);
    skipped = List.copyOf(skipped);
  }

  /**
   * One workload of the group.
   *
   * @param restart the name of its Restart, whether that has been made or not
   * @param budgets the disruption budgets that it shares with other members
   * @param trigger what is written into the workload, where that was decided when the members were
   *     chosen; null where its Restart decides it
   */
  public record Member(
      WorkloadRef target, String restart, List<String> budgets, @Nullable Trigger trigger) {

    public Member {
      budgets = List.copyOf(budgets);
    }

    /** The same, with the trigger decided. */
    public Member with(Trigger decided) {
      return new Member(target, restart, budgets, decided);
    }
  }

  /** Its time has not come. */
  public GroupStatus waitingForTime(Instant notBefore) {
    return told(
        Phase.Pending,
        RestartStatus.WAITING_FOR_TIME,
        RestartStatus.untilTime(notBefore),
        null,
        counts);
  }

  /** Whether its leader has found that its time has not come. */
  public boolean isWaiting() {
    return phase == Phase.Pending && reason.equals(RestartStatus.WAITING_FOR_TIME);
  }

  /** Its members are chosen. */
  public GroupStatus begun(List<Member> chosen, List<Skipped> leftOut, Instant now) {
    return new GroupStatus(
        Phase.Progressing,
        "MembersChosen",
        "%d of them are about to begin".formatted(chosen.size()),
        now,
        null,
        chosen,
        leftOut,
        MemberSet.NONE,
        MemberSet.NONE,
        MemberSet.NONE,
        new GroupCounts(chosen.size(), 0, 0, 0, 0, 0, leftOut.size()));
  }

  /** The same, with others left out, because of which it can't begin. */
  public GroupStatus leavingOut(List<Skipped> leftOut) {
    return new GroupStatus(
        phase,
        reason,
        message,
        startedAt,
        finishedAt,
        members,
        leftOut,
        begun,
        starting,
        lost,
        new GroupCounts(0, 0, 0, 0, 0, 0, leftOut.size()));
  }

  /** Those that were starting have begun, and these may start now. */
  public GroupStatus admitting(MemberSet next) {
    return with(begun.and(starting), next, lost);
  }

  /** The same, and these are lost, too. */
  public GroupStatus losing(MemberSet more) {
    return with(begun, starting, lost.and(more));
  }

  /** The same, as it is seen now. */
  public GroupStatus progressing(String nowReason, String nowMessage, GroupCounts now) {
    return told(phase, nowReason, nowMessage, finishedAt, now);
  }

  /** Ended. */
  public GroupStatus finished(
      Phase end, String endReason, String endMessage, GroupCounts last, Instant now) {
    return admitting(MemberSet.NONE).told(end, endReason, endMessage, now, last);
  }

  private GroupStatus told(
      Phase itsPhase,
      String itsReason,
      String itsMessage,
      @Nullable Instant itsEnd,
      GroupCounts itsCounts) {
    return new GroupStatus(
        itsPhase,
        itsReason,
        itsMessage,
        startedAt,
        itsEnd,
        members,
        skipped,
        begun,
        starting,
        lost,
        itsCounts);
  }

  private GroupStatus with(MemberSet nowBegun, MemberSet nowStarting, MemberSet nowLost) {
    return new GroupStatus(
        phase,
        reason,
        message,
        startedAt,
        finishedAt,
        members,
        skipped,
        nowBegun,
        nowStarting,
        nowLost,
        counts);
  }
}
