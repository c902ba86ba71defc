package dev.reprise.progress;

import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.GroupStanding;
import dev.reprise.restart.RestartGroup;
import java.time.Duration;

/**
 * A group as it is to be seen at one moment.
 *
 * @param group with the counts and the message of this moment
 * @param standing of each member
 * @param elapsed from the choice of its members to its end or until now; zero before
 */
public record LiveGroup(RestartGroup group, GroupStanding standing, Duration elapsed)
    implements Live {

  @Override
  public AnyRestart any() {
    return group;
  }

  @Override
  public boolean tellsTheSameAs(Live other) {
    return other instanceof LiveGroup(RestartGroup theirs, GroupStanding seen, _)
        && group.status().equals(theirs.status())
        && group.spec().equals(theirs.spec())
        && standing.equals(seen);
  }
}
