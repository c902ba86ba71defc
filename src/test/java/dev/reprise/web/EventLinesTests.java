package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.rollout.Blocker;
import dev.reprise.rollout.RolloutProgress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTests {

  private final StatusLines lines = new StatusLines();

  @Test
  void saysNothingTwice() {
    assertThat(changeTo(1, "New pods made: 2/3")).endsWith("new pods made: 2/3...\n");
    assertThat(changeTo(1, "New pods made: 2/3")).isEmpty();
    assertThat(changeTo(2, "New pods made: 3/3")).endsWith("new pods made: 3/3...\n");
  }

  @Test
  void repeatsTheLastLineSoThatItIsSeenToBeAlive() {
    assertThat(lines.heartbeat()).isEmpty();

    changeTo(1, "New pods made: 2/3");

    assertThat(lines.heartbeat()).endsWith("new pods made: 2/3...\n");
  }

  @Test
  void leavesTheEndToTheLastLineUnlessThatIsLongInComing() {
    assertThat(changeTo(3, "All 3 pods were replaced and are available")).isEmpty();

    assertThat(lines.heartbeat()).endsWith("all 3 pods were replaced and are available...\n");
  }

  @Test
  void tellsWhatBlocksThoughNothingIsLeftToReplace() {
    Blocker partition =
        new Blocker("PartitionLeavesOut", "StatefulSet db", "Its partition is 3", "kubectl patch");

    assertThat(
            changeTo(
                RestartStatus.NEW.progressing(
                    partition.reason(),
                    partition.words(),
                    new RolloutProgress(3, 0, 0, 3, 0),
                    3,
                    List.of(partition))))
        .contains("Its partition is 3", "next: kubectl patch");
  }

  private String changeTo(int replaced, String message) {
    return changeTo(
        RestartStatus.NEW.progressing(
            "Why", message, new RolloutProgress(3, 3, replaced, 3, 3 - replaced), 3, List.of()));
  }

  private String changeTo(RestartStatus status) {
    Restart restart =
        new Restart(
            Samples.key("web-1"), "uid", "1", HandClock.START, Samples.spec(Samples.WEB), status);
    LiveRestart live = new LiveRestart(restart, null, Duration.ZERO, null);
    return lines.change(live, new Rendered("etag", "{}", RestartLine.of(live)));
  }
}
