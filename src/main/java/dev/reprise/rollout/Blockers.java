package dev.reprise.rollout;

import dev.reprise.workload.Landed;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what keeps a restart from moving. */
public final class Blockers {

  private static final int AT_MOST = 10;

  private Blockers() {}

  /**
   * What stands in the way, the most telling first, at most ten; empty when nothing does, and when
   * it is somebody else's change that is under way. Where the controller has given up, its verdict
   * comes after what may have led to it, as one more.
   *
   * @param status of the restart, by the same look
   * @param evicting what is recorded of our own evictions
   * @param now the API server's time
   */
  public static List<Blocker> of(
      RolloutStatus status,
      Trigger trigger,
      Landed landed,
      WorkloadState state,
      List<PodEviction> evicting,
      Instant now) {
    return switch (status) {
      case RolloutStatus.NotObserved _, RolloutStatus.InProgress _ ->
          standing(trigger, landed, state, evicting, now).toList();
      case RolloutStatus.Failed(Blocker verdict) ->
          Stream.concat(standing(trigger, landed, state, evicting, now), Stream.of(verdict))
              .toList();
      // What would let somebody else's change go on is not ours to advise.
      case RolloutStatus.Superseded _, RolloutStatus.Complete _, RolloutStatus.Gone _ -> List.of();
    };
  }

  private static Stream<Blocker> standing(
      Trigger trigger,
      Landed landed,
      WorkloadState state,
      List<PodEviction> evicting,
      Instant now) {
    PodsByAge pods = PodsByAge.of(trigger, landed, state);
    return Stream.of(
            WorkloadBlockers.of(trigger, landed, pods, state),
            PodBlockers.of(trigger.mechanism(), pods, state, now),
            ofEvictions(trigger, pods, state, evicting))
        .flatMap(blockers -> blockers)
        .limit(AT_MOST);
  }

  /**
   * The same of a restart that was cancelled, on its way back.
   *
   * @param takenBack what taking the trigger back left in the workload
   */
  public static List<Blocker> ofWayBack(
      RolloutStatus status,
      Trigger trigger,
      Landed landed,
      Landed takenBack,
      WorkloadState state,
      Instant now) {
    return switch (status) {
      case RolloutStatus.NotObserved _, RolloutStatus.InProgress _, RolloutStatus.Failed _ ->
          standingOnWayBack(trigger, landed, takenBack, state, now).toList();
      case RolloutStatus.Superseded _, RolloutStatus.Complete _, RolloutStatus.Gone _ -> List.of();
    };
  }

  private static Stream<Blocker> standingOnWayBack(
      Trigger trigger, Landed landed, Landed takenBack, WorkloadState state, Instant now) {
    PodsByAge pods = PodsByAge.ofWayBack(trigger, landed, state);
    Stream<Blocker> ofPods =
        switch (trigger.mechanism()) {
          case TemplateAnnotation, ReferencedTemplateAnnotation ->
              Stream.concat(
                  BudgetBlockers.ofUnready(
                      WayBackRules.toEvict(trigger, landed, takenBack, state), state),
                  PodBlockers.of(trigger.mechanism(), pods, state, now));
          // Nothing more is to become of the pods.
          case RestartAt, Eviction -> Stream.of();
        };
    return Stream.concat(WorkloadBlockers.of(trigger, landed, pods, state), ofPods).limit(AT_MOST);
  }

  /**
   * When next to look for blockers though nothing changes: a pod becomes one by its age alone.
   *
   * @param now the API server's time; what is returned lies after it
   * @return empty when only a change can bring one
   */
  public static Optional<Instant> nextInTime(WorkloadState state, Instant now) {
    return state.pods().stream()
        .flatMap(PodBlockers::inTime)
        .filter(now::isBefore)
        .min(Comparator.naturalOrder());
  }

  /** A budget that can be named says more than the refusal that comes of it. */
  private static Stream<Blocker> ofEvictions(
      Trigger trigger, PodsByAge pods, WorkloadState state, List<PodEviction> evicting) {
    List<Blocker> budgets = BudgetBlockers.of(trigger, pods, state).toList();
    return budgets.isEmpty() ? EvictionBlockers.of(evicting, pods, state) : budgets.stream();
  }
}
