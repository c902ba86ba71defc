package dev.reprise.reconcile;

import dev.reprise.restart.GroupCounts;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.GroupStanding.Standing;
import dev.reprise.restart.GroupStanding.State;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.MemberSet;
import dev.reprise.restart.OnFailure;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * From chosen members to the group's end. Which of them may begin is recorded before their Restarts
 * are made; only one whose making is not recorded is ever made, so that one which somebody has
 * deleted does not come back.
 */
final class GroupPursuit {

  /**
   * Counts are recorded at most this often, unless what is being done has changed; whoever wants
   * them finer computes them.
   */
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

  private static final GroupStep WAITING = new GroupStep.Resting(new Step.Wait(BETWEEN_COUNTS));

  private final RestartStore restarts;
  private final MemberStarts starts;
  private final GroupWriter writer;
  private final LongSupplier nanoTime;

  /** When each group was last recorded by this leader. */
  private final ConcurrentHashMap<String, Seen> seen = new ConcurrentHashMap<>();

  GroupPursuit(
      RestartStore restarts, MemberStarts starts, GroupWriter writer, LongSupplier nanoTime) {
    this.restarts = restarts;
    this.starts = starts;
    this.writer = writer;
    this.nanoTime = nanoTime;
  }

  GroupStep step(RestartGroup group) {
    starts.make(group);
    GroupStanding now = GroupStanding.of(group, restarts::cachedOne);
    MemberSet lost = lost(group, now);
    if (!lost.isEmpty()) {
      return writer.write(group, group.status().losing(lost));
    }
    GroupCounts counts = now.counts();
    boolean hasFailed = counts.unsuccessful() > 0;
    boolean isOver =
        group.spec().cancel() || (hasFailed && group.spec().onFailure() != OnFailure.Continue);
    if (group.spec().cancel() || (hasFailed && group.spec().onFailure() == OnFailure.Cancel)) {
      now.in(State.Running).forEach(this::cancel);
    }
    if (counts.running() == 0 && (isOver || counts.waiting() == 0)) {
      return end(group, now, counts);
    }
    MemberSet next = isOver ? MemberSet.NONE : next(group, now);
    String reason = reason(group, isOver);
    boolean isNews = !next.isEmpty() || !reason.equals(group.status().reason());
    if (!isNews && seen(group).sinceRecorded().compareTo(BETWEEN_COUNTS) < 0) {
      return WAITING;
    }
    GroupStatus status =
        group.status().progressing(reason, now.words(counts), counts).admitting(next);
    return status.equals(group.status()) ? WAITING : write(group, status);
  }

  /** By the cache it may only not have come yet, be it of a leader before us. */
  private MemberSet lost(RestartGroup group, GroupStanding now) {
    return MemberSet.of(
        now.in(State.Running)
            .filter(member -> member.restart() == null)
            .filter(member -> restarts.find(group.keyOf(member.member())).isEmpty())
            .mapToInt(Standing::place));
  }

  /** In their order, but for those that share a budget with one that is under way. */
  static MemberSet next(RestartGroup group, GroupStanding now) {
    List<Standing> running = now.in(State.Running).toList();
    Set<String> inUse = new HashSet<>();
    running.forEach(member -> inUse.addAll(member.member().budgets()));
    IntStream.Builder next = IntStream.builder();
    int room = group.spec().maxParallel() - running.size();
    for (Standing member : now.in(State.Waiting).toList()) {
      List<String> budgets = member.member().budgets();
      if (room > 0 && budgets.stream().noneMatch(inUse::contains)) {
        next.add(member.place());
        inUse.addAll(budgets);
        room--;
      }
    }
    return MemberSet.of(next.build());
  }

  private void cancel(Standing member) {
    Restart restart = member.restart();
    if (restart != null && !restart.spec().cancel()) {
      // Where it was changed meanwhile, the change wakes the group, and it is tried again.
      restarts.cancel(restart);
    }
  }

  private GroupStep write(RestartGroup group, GroupStatus status) {
    seen(group).recorded();
    return writer.write(group, status);
  }

  private Seen seen(RestartGroup group) {
    return seen.computeIfAbsent(group.uid(), _ -> new Seen(nanoTime));
  }

  /** The group has ended or is gone. */
  void forget(RestartGroup group) {
    seen.remove(group.uid());
    starts.forget(group);
  }

  private static String reason(RestartGroup group, boolean isOver) {
    if (group.spec().cancel()) {
      return "Cancelling";
    }
    return isOver ? "StoppedByFailure" : "RestartingMembers";
  }

  private GroupStep end(RestartGroup group, GroupStanding now, GroupCounts counts) {
    boolean haveAllSucceeded = counts.unsuccessful() == 0 && counts.waiting() == 0;
    if (haveAllSucceeded) {
      return writer.finish(
          group,
          Phase.Succeeded,
          "AllMembersRestarted",
          counts.succeeded() == 1
              ? "The one workload was restarted"
              : "All %d workloads were restarted".formatted(counts.succeeded()),
          counts);
    }
    return group.spec().cancel()
        ? writer.finish(group, Phase.Cancelled, "Cancelled", now.words(counts), counts)
        : writer.finish(group, Phase.Failed, "MembersFailed", now.words(counts), counts);
  }
}
