package dev.reprise.progress;

import dev.reprise.restart.AnyRestart;
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
    Restart restart, @Nullable RolloutDetail detail, Duration elapsed, @Nullable Duration remaining)
    implements Live {

  @Override
  public AnyRestart any() {
    return restart;
  }

  @Override
  public boolean tellsTheSameAs(Live other) {
    return other instanceof LiveRestart(Restart theirs, RolloutDetail seen, _, _)
        && restart.status().equals(theirs.status())
        && restart.spec().equals(theirs.spec())
        && Objects.equals(detail, seen);
  }
}
