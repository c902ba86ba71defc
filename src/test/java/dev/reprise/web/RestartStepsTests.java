package dev.reprise.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.progress.LiveRestart;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.rollout.RolloutDetail;
import dev.reprise.rollout.StepProgress;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a restart of a Deployment is shown whose Rollout goes through its steps. */
class RestartStepsTests {

  private static final StepProgress PAUSED = new StepProgress(2, 5, 40, HandClock.START, true);

  @Test
  void showsTheStepTheWeightAndThePause() {
    assertThat(RestartResource.of(live(PAUSED)).steps())
        .isEqualTo(new RestartResource.Steps(2, 5, 40, HandClock.START, true));
    assertThat(RestartText.of(live(PAUSED)))
        .contains(
            "Steps      Step 2 of 5, weight 40 %, waits for a person since "
                + HandClock.START
                + "\n");
  }

  @Test
  void showsNoStepsWhereThereAreNone() {
    assertThat(RestartResource.of(live(null)).steps()).isNull();
    assertThat(RestartText.of(live(null))).doesNotContain("Steps");
  }

  @Test
  void namesTheRolloutWhosePodsRestart() {
    assertThat(RestartResource.of(live(PAUSED)).followed())
        .isEqualTo(new RestartResource.Followed("Rollout", "canary"));
    assertThat(RestartText.of(live(PAUSED)))
        .contains("Workload   Deployment web\nFollows    Rollout canary\n");
  }

  private static LiveRestart live(@Nullable StepProgress steps) {
    Trigger trigger =
        new Trigger(
            Mechanism.ReferencedTemplateAnnotation,
            HandClock.START,
            Samples.CANARY,
            "uid-canary",
            1,
            null,
            "first",
            1);
    Restart restart =
        new Restart(
            Samples.key("web-1"),
            "uid",
            "1",
            HandClock.START,
            Samples.spec(Samples.WEB),
            RestartStatus.NEW.begun(trigger, HandClock.START));
    RolloutDetail detail = new RolloutDetail(List.of(), steps);
    return new LiveRestart(restart, detail, Duration.ZERO, null);
  }
}
