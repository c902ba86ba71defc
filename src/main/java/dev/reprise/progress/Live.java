package dev.reprise.progress;

import dev.reprise.restart.AnyRestart;

/** A Restart or a group of them as it is to be seen at one moment. */
public sealed interface Live permits LiveRestart, LiveGroup {

  /** With what is seen at this moment in place of what was last recorded. */
  AnyRestart any();

  /** Whether there is nothing to tell that {@code other} does not tell, but for the time. */
  boolean tellsTheSameAs(Live other);
}
