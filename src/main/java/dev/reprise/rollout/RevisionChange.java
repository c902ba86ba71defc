package dev.reprise.rollout;

import dev.reprise.workload.Landed;
import dev.reprise.workload.Revision;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From which of its revisions a restart moves a workload to which.
 *
 * @param from the number of the revision before; 0 when it had none
 * @param to the number of the restart's own revision, the same as {@code from} where pods are
 *     recreated within it, or of the one that a cancelled restart goes back to, which controllers
 *     number anew then; null while it is not made yet
 */
public record RevisionChange(long from, @Nullable Long to) {

  public static RevisionChange of(Trigger trigger, Landed landed, WorkloadState state) {
    return new RevisionChange(
        trigger.formerRevision(),
        OurRevision.of(trigger, landed, state).map(Revision::number).orElse(null));
  }

  /**
   * The same of a restart that was cancelled: how its workload moves back.
   *
   * @param takenBack what taking the trigger back left in the workload
   */
  public static RevisionChange ofWayBack(
      Trigger trigger, Landed landed, Landed takenBack, WorkloadState state) {
    return switch (trigger.mechanism()) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          new RevisionChange(
              OurRevision.of(trigger, landed, state).map(Revision::number).orElse(0L),
              OurRevision.former(trigger, landed, takenBack, state)
                  .map(Revision::number)
                  .orElse(null));
      case RestartAt, Eviction -> of(trigger, landed, state);
    };
  }

  /** As it begins when the restart is cancelled: from its own revision, to what is not seen yet. */
  public RevisionChange turned() {
    return new RevisionChange(Objects.requireNonNullElse(to, 0L), null);
  }

  /**
   * With what was seen before of a revision that is not to be seen now: with a short history it is
   * gone before the restart has ended.
   */
  public RevisionChange orAsBefore(@Nullable RevisionChange before) {
    return before == null
        ? this
        : new RevisionChange(from == 0 ? before.from : from, to == null ? before.to : to);
  }
}
