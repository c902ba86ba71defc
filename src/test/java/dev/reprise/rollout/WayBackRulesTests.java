package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.HandClock;
import dev.reprise.restart.Samples;
import dev.reprise.rollout.RolloutStatus.InProgress;
import dev.reprise.rollout.RolloutStatus.NotObserved;
import dev.reprise.rollout.RolloutStatus.Superseded;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a cancellation begins; {@code WayBackGoldenTests} has how it goes on. */
class WayBackRulesTests {

  private static final WorkloadState CANARY = Samples.rollout(3);
  private static final NotObserved NOT_OBSERVED = new NotObserved("NotObserved", "Waiting");
  private static final InProgress IN_PROGRESS = new InProgress("PodsUpdating", "1/3");

  @Test
  void takesNothingBackOfATemplateThatMayBeSomebodyElses() {
    assertThat(begin(NOT_OBSERVED, Mechanism.TemplateAnnotation, "ours"))
        .isEqualTo(new WayBack.NotYet());
  }

  @Test
  void takesTheTriggerBackBeforeTheControllerHasLooked() {
    assertThat(begin(NOT_OBSERVED, Mechanism.TemplateAnnotation, "first"))
        .isEqualTo(new WayBack.Open(CANARY.workload()));
  }

  /** Argo's controller writes a template in its own words. */
  @Test
  void takesTheTriggerBackOfATemplateThatTheControllerKnowsAsOurs() {
    assertThat(begin(IN_PROGRESS, Mechanism.TemplateAnnotation, "ours"))
        .isEqualTo(new WayBack.Open(CANARY.workload()));
  }

  @Test
  void stopsEvictionsAtOnce() {
    assertThat(begin(IN_PROGRESS, Mechanism.Eviction, "first"))
        .isEqualTo(
            new WayBack.NothingLeft(
                "EvictionsStopped", "0 of 3 pods were restarted and stay so; left alone: 3"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RestartAt", "Eviction"})
  void comesTooLateForWhatSomebodyElseHasEnded(Mechanism mechanism) {
    Superseded superseded = new Superseded("TemplateChanged", "By someone else");
    Trigger trigger = trigger(mechanism, "2026-01-01T00:00:00Z");

    assertThat(WayBackRules.begin(superseded, trigger, new Landed(1, "first", null), CANARY))
        .isEqualTo(new WayBack.TooLate(superseded));
  }

  private static WayBack begin(RolloutStatus status, Mechanism mechanism, String landedHash) {
    return WayBackRules.begin(
        status, trigger(mechanism, null), new Landed(1, landedHash, null), CANARY);
  }

  private static Trigger trigger(Mechanism mechanism, String formerValue) {
    return new Trigger(
        mechanism, HandClock.START, Samples.CANARY, "uid-canary", 1, formerValue, "first", 1);
  }
}
