package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveGroup;
import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.Restart;
import dev.reprise.rollout.RolloutProgress;

/** A line for each change that a person would notice. */
final class StatusLines implements StreamFormat {

  private String last = "";

  @Override
  public String contentType() {
    return "text/plain";
  }

  @Override
  public String opening() {
    return "";
  }

  @Override
  public String change(Live live, Rendered rendered) {
    if (rendered.line().equals(last)) {
      return "";
    }
    last = rendered.line();
    return isAboutToEnd(live) ? "" : last + "\n";
  }

  /** Its end, which says the same, follows as soon as the leader has recorded it. */
  private static boolean isAboutToEnd(Live live) {
    return switch (live) {
      case LiveRestart one -> isAboutToEnd(one.restart());
      case LiveGroup _ -> false;
    };
  }

  private static boolean isAboutToEnd(Restart restart) {
    RolloutProgress progress = restart.status().progress();
    return !restart.isTakenBackOrFinished()
        && progress != null
        && progress.isComplete()
        && restart.status().blockers().isEmpty();
  }

  /** The same line again, so that it is seen to be alive. */
  @Override
  public String heartbeat() {
    return last.isEmpty() ? "" : last + "\n";
  }

  @Override
  public String gone() {
    return "error: the restart was deleted; what it had begun goes on\n";
  }

  @Override
  public String stopping() {
    return "error: the service is stopping, the restart goes on; ask again in a moment\n";
  }
}
