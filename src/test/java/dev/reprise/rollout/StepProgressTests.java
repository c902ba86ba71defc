package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStep;
import dev.reprise.workload.ArgoStrategy;
import dev.reprise.workload.ArgoStrategy.BlueGreen;
import dev.reprise.workload.ArgoStrategy.Canary;
import dev.reprise.workload.ArgoUpdate;
import dev.reprise.workload.ArgoUpdate.Pause;
import dev.reprise.workload.Generation;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadMetadata;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepProgressTests {

  private static final Instant SINCE = Instant.parse("2026-11-24T10:00:00Z");
  private static final Canary CANARY =
      canary(
          new ArgoStep.Analysis(),
          new ArgoStep.SetWeight(20),
          new ArgoStep.Pause(Duration.ofMinutes(1)),
          new ArgoStep.SetWeight(60),
          new ArgoStep.Pause(null));

  @Test
  void knowsNoWeightBeforeTheFirstStepThatSetsOne() {
    assertThat(of(CANARY, 0, null, List.of()).weight()).isNull();
  }

  @Test
  void takesTheWeightOfTheLastStepThatSetOne() {
    assertThat(of(CANARY, 2, null, List.of()).weight()).isEqualTo(20);
    assertThat(of(CANARY, 4, null, List.of()).weight()).isEqualTo(60);
  }

  @Test
  void takesTheWeightThatTheTrafficRouterWasGiven() {
    assertThat(of(CANARY, 4, 55, List.of()).weight()).isEqualTo(55);
  }

  /** The router's weights are those between two revisions, and there is only one left. */
  @Test
  void givesAllToTheNewRevisionWhenTheStepsAreDone() {
    StepProgress done = of(CANARY, 5, 0, List.of());

    assertThat(done.current()).isEqualTo(6);
    assertThat(done.weight()).isEqualTo(100);
    assertThat(done.areAhead()).isFalse();
  }

  @Test
  void endsATimedPauseByItself() {
    StepProgress paused = of(CANARY, 2, null, List.of(new Pause("CanaryPauseStep", SINCE)));

    assertThat(paused.needsPerson()).isFalse();
    assertThat(paused.words()).isEqualTo("Step 3 of 5, weight 20 %, pauses since " + SINCE);
  }

  @Test
  void needsAPersonAtAPauseWithoutDuration() {
    StepProgress paused = of(CANARY, 4, null, List.of(new Pause("CanaryPauseStep", SINCE)));

    assertThat(paused.needsPerson()).isTrue();
    assertThat(paused.words())
        .isEqualTo("Step 5 of 5, weight 60 %, waits for a person since " + SINCE);
  }

  @Test
  void needsAPersonAfterAnInconclusiveAnalysisThoughTheStepIsATimedPause() {
    List<Pause> pauses = List.of(new Pause("InconclusiveAnalysisRun", SINCE));

    assertThat(of(CANARY, 2, null, pauses).needsPerson()).isTrue();
    assertThat(of(blueGreen(true), null, null, pauses).needsPerson()).isTrue();
  }

  @Test
  void needsAPersonForABlueGreenRolloutThatDoesNotPromoteItself() {
    List<Pause> pauses = List.of(new Pause("BlueGreenPause", SINCE));

    assertThat(of(blueGreen(false), null, null, pauses).needsPerson()).isTrue();
    assertThat(of(blueGreen(true), null, null, pauses).needsPerson()).isFalse();
  }

  private static StepProgress of(
      ArgoStrategy strategy, @Nullable Integer step, @Nullable Integer weight, List<Pause> pauses) {
    return StepProgress.of(
        new ArgoRolloutSnapshot(
            new WorkloadMetadata(
                new WorkloadRef(WorkloadKind.ArgoRollout, "shop", "checkout"),
                "uid",
                "1",
                new Generation(4, 4),
                null,
                false,
                List.of()),
            5,
            new ReplicaCounts(5, 1, 5, 5),
            strategy,
            new PodTemplate("hash", null),
            null,
            null,
            "Progressing",
            "",
            List.of(),
            new ArgoUpdate("old", "new", step, weight, false, false, pauses),
            null));
  }

  private static Canary canary(ArgoStep... steps) {
    return new Canary(IntOrPercent.percent(25), IntOrPercent.percent(25), List.of(steps), false);
  }

  private static BlueGreen blueGreen(boolean promotesItself) {
    return new BlueGreen(IntOrPercent.count(0), promotesItself);
  }
}
