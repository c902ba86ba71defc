package dev.reprise.plan;

import static dev.reprise.plan.Workloads.pod;
import static dev.reprise.plan.Workloads.replicaSet;
import static dev.reprise.plan.Workloads.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.Revision;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggerDecisionTests {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:05Z");

  @Test
  void annotationIsTheServersTimeInWholeSeconds() {
    Trigger trigger =
        annotation(state(deployment(null), List.of()), Instant.parse("2026-03-01T10:00:05.999Z"));

    assertThat(trigger.text()).isEqualTo("2026-03-01T10:00:05Z");
    assertThat(trigger.mechanism()).isEqualTo(Mechanism.TemplateAnnotation);
  }

  @Test
  void annotationIsTheNextSecondWhenTheTemplateHasThisOne() {
    assertThat(annotation(state(deployment("2026-03-01T10:00:05Z"), List.of())).text())
        .isEqualTo("2026-03-01T10:00:06Z");
  }

  @Test
  void annotationIsTheNextSecondWhenARevisionHasThisOne() {
    assertThat(
            annotation(state(deployment(null), List.of(revision(1, "2026-03-01T10:00:05Z"))))
                .text())
        .isEqualTo("2026-03-01T10:00:06Z");
  }

  @Test
  void annotationIsTheFirstSecondThatNobodyHas() {
    WorkloadState state =
        state(
            deployment("2026-03-01T10:00:06Z"),
            List.of(
                revision(1, null),
                revision(2, "2026-03-01T10:00:07Z"),
                revision(3, "2026-03-01T10:00:05Z"),
                revision(4, "2026-03-01T10:00:09Z")));

    assertThat(annotation(state).text()).isEqualTo("2026-03-01T10:00:08Z");
  }

  @Test
  void annotationIsThisSecondWhenTheSameInstantIsWrittenInAnotherWay() {
    assertThat(annotation(state(deployment("2026-03-01T12:00:05+02:00"), List.of())).text())
        .isEqualTo("2026-03-01T10:00:05Z");
  }

  @Test
  void annotationDoesNotWaitForYoungPods() {
    assertThat(annotation(state(deployment(null), List.of(), pod("2026-03-01T10:00:09Z"))).text())
        .isEqualTo("2026-03-01T10:00:05Z");
  }

  @Test
  void annotationRemembersWhatWasThere() {
    Trigger trigger =
        annotation(
            state(
                deployment("not even a time"),
                List.of(revision(7, null), revision(9, null), revision(8, null))));

    assertThat(trigger.formerValue()).isEqualTo("not even a time");
    assertThat(trigger.formerTemplateHash()).isEqualTo("hash");
    assertThat(trigger.formerRevision()).isEqualTo(9);
    assertThat(trigger.targetUid()).isEqualTo("uid");
    assertThat(trigger.targetGeneration()).isEqualTo(4);
  }

  @Test
  void annotationRemembersThatNothingWasThere() {
    Trigger trigger = annotation(state(deployment(null), List.of()));

    assertThat(trigger.formerValue()).isNull();
    assertThat(trigger.formerRevision()).isZero();
  }

  @Test
  void restartAtIsTheServersNextSecond() {
    Trigger trigger =
        TriggerDecision.decide(
            Mechanism.RestartAt,
            state(restarted(null, null), List.of(), pod("2026-03-01T09:00:00Z")),
            NOW.plusMillis(999));

    assertThat(trigger.text()).isEqualTo("2026-03-01T10:00:06Z");
    assertThat(trigger.mechanism()).isEqualTo(Mechanism.RestartAt);
  }

  @Test
  void restartAtIsTheNextSecondThoughNoPodIsSeen() {
    assertThat(restartAt(restarted(null, null)).text()).isEqualTo("2026-03-01T10:00:06Z");
  }

  @Test
  void restartAtIsASecondAfterTheNewestPod() {
    assertThat(
            restartAt(
                    restarted(null, null),
                    pod("2026-03-01T09:00:00Z"),
                    pod("2026-03-01T10:00:05Z"),
                    pod("2026-03-01T10:00:03Z"))
                .text())
        .isEqualTo("2026-03-01T10:00:06Z");
  }

  @Test
  void restartAtIsASecondAfterAPodThatIsAheadOfTheClock() {
    assertThat(restartAt(restarted(null, null), pod("2026-03-01T10:00:30Z")).text())
        .isEqualTo("2026-03-01T10:00:31Z");
  }

  @Test
  void restartAtDiffersFromTheOneCarriedOutLast() {
    assertThat(restartAt(restarted(null, NOW.plusSeconds(1))).text())
        .isEqualTo("2026-03-01T10:00:07Z");
  }

  @Test
  void restartAtDiffersFromTheOneThatIsThere() {
    assertThat(restartAt(restarted(NOW.plusSeconds(1), NOW.plusSeconds(2))).text())
        .isEqualTo("2026-03-01T10:00:08Z");
  }

  @Test
  void restartAtDiffersFromTheOneThatIsThereAlsoAfterAYoungPod() {
    assertThat(restartAt(restarted(NOW.plusSeconds(1), null), pod("2026-03-01T10:00:05Z")).text())
        .isEqualTo("2026-03-01T10:00:07Z");
  }

  @Test
  void restartAtRemembersTheOneThatIsThere() {
    assertThat(restartAt(restarted(NOW.minusSeconds(60), null)).formerValue())
        .isEqualTo("2026-03-01T09:59:05Z");
    assertThat(restartAt(restarted(null, NOW.minusSeconds(60))).formerValue()).isNull();
  }

  private static Trigger annotation(WorkloadState state) {
    return annotation(state, NOW);
  }

  private static Trigger annotation(WorkloadState state, Instant serverTime) {
    return TriggerDecision.decide(Mechanism.TemplateAnnotation, state, serverTime);
  }

  private static WorkloadSnapshot deployment(@Nullable String restartedAt) {
    return Workloads.deployment(new PodTemplate("hash", restartedAt));
  }

  private static Revision revision(long number, @Nullable String restartedAt) {
    return replicaSet(number, new PodTemplate("hash " + number, restartedAt));
  }

  private static Trigger restartAt(WorkloadSnapshot rollout, PodSnapshot... pods) {
    return TriggerDecision.decide(Mechanism.RestartAt, state(rollout, List.of(), pods), NOW);
  }

  private static WorkloadSnapshot restarted(
      @Nullable Instant restartAt, @Nullable Instant restartedAt) {
    return rollout(3, 3, IntOrPercent.count(1), restartAt, restartedAt);
  }

  private static WorkloadState state(
      WorkloadSnapshot workload, List<Revision> revisions, PodSnapshot... pods) {
    return new WorkloadState(workload, revisions, List.of(pods));
  }
}
