package dev.reprise.progress;

import dev.reprise.restart.Restart;
import dev.reprise.rollout.RolloutDetail;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Restart as it is to be seen at one moment.
 *
 * @param restart with the counts, blockers, reason and message of this moment
 * @param detail null when nothing is under way, or the watches have not caught up yet
 * @param elapsed from the decision on its trigger to its end or until now; zero before
 * @param remaining how much longer it takes, whole seconds; null when nobody can tell
 */
public record LiveRestart(
    Restart restart,
    @Nullable RolloutDetail detail,
    Duration elapsed,
    @Nullable Duration remaining) {

  /** Whether there is nothing to tell that {@code other} does not tell, but for the time. */
  public boolean tellsTheSameAs(LiveRestart other) {
    return restart.status().equals(other.restart.status())
        && restart.spec().equals(other.restart.spec())
        && Objects.equals(detail, other.detail);
  }
}
