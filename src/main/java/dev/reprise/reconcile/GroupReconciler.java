package dev.reprise.reconcile;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStore;
import java.util.Optional;

/** Takes a group as far as it can go now; its members go their way by themselves. */
final class GroupReconciler {

  private final RestartStore store;
  private final Leadership leadership;
  private final GroupBeginning beginning;
  private final GroupPursuit pursuit;

  GroupReconciler(
      RestartStore store, Leadership leadership, GroupBeginning beginning, GroupPursuit pursuit) {
    this.store = store;
    this.leadership = leadership;
    this.beginning = beginning;
    this.pursuit = pursuit;
  }

  /** One call at a time for each group; every step of it may be repeated without harm. */
  Step.Rest reconcile(RestartGroup group) {
    return TryingAgain.whenUnanswered(
        group.key(),
        () -> {
          Step.Rest rest =
              Races.run(
                  Optional.of(group),
                  () -> store.readLive(group.key()).flatMap(GroupReconciler::group),
                  this::go);
          if (rest instanceof Step.Done) {
            pursuit.forget(group);
          }
          return rest;
        });
  }

  private Optional<Step.Rest> go(RestartGroup group) {
    GroupStep step = new GroupStep.Advanced(group);
    while (step instanceof GroupStep.Advanced(RestartGroup advanced)) {
      step = leadership.isLeader() ? step(advanced) : new GroupStep.Resting(new Step.Done());
    }
    return step instanceof GroupStep.Resting(Step.Rest rest) ? Optional.of(rest) : Optional.empty();
  }

  private static Optional<RestartGroup> group(AnyRestart any) {
    return switch (any) {
      case RestartGroup group -> Optional.of(group);
      case Restart _ -> Optional.empty();
    };
  }

  private GroupStep step(RestartGroup group) {
    if (group.isFinished()) {
      return new GroupStep.Resting(new Step.Done());
    }
    return group.hasBegun() ? pursuit.step(group) : beginning.step(group);
  }
}
