package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Samples;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.FailedCreate;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.Landed;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Events of StatefulSets and DaemonSets about pods that could not be created come to. */
class FailedCreateBlockersTests {

  private static final Instant BEGAN = Instant.parse("2026-11-24T03:00:00Z");
  private static final String OVER_QUOTA =
      "create Pod db-2 in StatefulSet db failed error: pods \"db-2\" is forbidden: exceeded quota:"
          + " tight, requested: pods=1, used: pods=2, limited: pods=2";

  @Test
  void nameTheQuotaOfAMissingPod() {
    assertThat(blockers(statefulSet(3, 2, 2), failed(OVER_QUOTA, 2)))
        .containsExactly(
            new Blocker(
                "QuotaExceeded",
                "StatefulSet shop/db",
                OVER_QUOTA,
                "kubectl describe resourcequota -n shop"));
  }

  @Test
  void nameWhateverElseKeepsAPodFromBeingCreated() {
    assertThat(blockers(daemonSet(0, 3, 3), failed("admission webhook denied the request", 2)))
        .containsExactly(
            new Blocker(
                "FailedCreate",
                "DaemonSet shop/agent",
                "admission webhook denied the request",
                "kubectl describe daemonset/agent -n shop"));
  }

  @Test
  void areNothingWhereNoPodIsMissing() {
    assertThat(blockers(statefulSet(3, 3, 3), failed(OVER_QUOTA, 2))).isEmpty();
    assertThat(blockers(daemonSet(0, 4, 0), failed(OVER_QUOTA, 2))).isEmpty();
  }

  @Test
  void areNothingInTheMomentBetweenAPodAndItsSuccessor() {
    WorkloadState twoOfThree = state(statefulSet(3, 3), pods(2));

    assertThat(blockers(twoOfThree, failed(OVER_QUOTA, 2))).isEmpty();
  }

  @Test
  void areNothingFromBeforeTheRestart() {
    assertThat(blockers(statefulSet(3, 2, 2), failed(OVER_QUOTA, -1))).isEmpty();
    assertThat(blockers(statefulSet(3, 2, 2), failed(OVER_QUOTA, 0))).hasSize(1);
  }

  @Test
  void areOverOnceAPodWasCreated() {
    WorkloadState created =
        state(statefulSet(3, 2), Stream.concat(pods(1), Stream.of(pod("db-1", 5))));

    assertThat(blockers(created, failed(OVER_QUOTA, 4))).isEmpty();
    assertThat(blockers(created, failed(OVER_QUOTA, 5))).hasSize(1);
  }

  @Test
  void nameTheQuotaOfASurgingDaemonSetThoughAllOldPodsAreThere() {
    assertThat(blockers(daemonSet(1, 4, 0), failed(OVER_QUOTA, 2)))
        .extracting(Blocker::reason)
        .containsExactly("QuotaExceeded");
    assertThat(blockers(daemonSet(1, 4, 4), failed(OVER_QUOTA, 2))).isEmpty();
  }

  @Test
  void areNotKnownWhereNobodyCouldLook() {
    assertThat(blockers(statefulSet(3, 2, 2), null)).isEmpty();
  }

  private static List<Blocker> blockers(WorkloadState state, FailedCreate failed) {
    Trigger trigger =
        new Trigger(
            Mechanism.TemplateAnnotation, BEGAN, state.workload().ref(), "uid", 1, null, "new", 1);
    return Blockers.of(
        new RolloutStatus.InProgress("PodsUpdating", "New pods made"),
        trigger,
        new Landed(1, "new", null),
        state.with(failed),
        List.of(),
        BEGAN.plusSeconds(6));
  }

  private static FailedCreate failed(String message, int secondsAfter) {
    return new FailedCreate(message, BEGAN.plusSeconds(secondsAfter));
  }

  private static WorkloadState statefulSet(int desired, int counted, int pods) {
    return state(statefulSet(desired, counted), pods(pods));
  }

  private static WorkloadSnapshot statefulSet(int desired, int counted) {
    return new StatefulSetSnapshot(
        Samples.metadata(new WorkloadRef(WorkloadKind.StatefulSet, "shop", "db")),
        desired,
        new ReplicaCounts(counted, 0, counted, counted),
        new RollingUpdate(IntOrPercent.count(0), IntOrPercent.count(1)),
        true,
        true,
        0,
        0,
        new PodTemplate("new", null),
        List.of());
  }

  /** On four nodes. */
  private static WorkloadState daemonSet(int maxSurge, int pods, int updated) {
    return state(
        new DaemonSetSnapshot(
            Samples.metadata(new WorkloadRef(WorkloadKind.DaemonSet, "shop", "agent")),
            4,
            new ReplicaCounts(pods, updated, pods, pods),
            new RollingUpdate(IntOrPercent.count(maxSurge), IntOrPercent.count(1 - maxSurge)),
            new PodTemplate("new", null),
            List.of()),
        pods(pods));
  }

  private static WorkloadState state(WorkloadSnapshot workload, Stream<PodSnapshot> pods) {
    return new WorkloadState(workload, List.of(), pods.toList());
  }

  private static Stream<PodSnapshot> pods(int count) {
    return IntStream.range(0, count).mapToObj(ordinal -> pod("db-" + ordinal, -3600));
  }

  private static PodSnapshot pod(String name, int secondsAfter) {
    return Samples.pod(name, "", BEGAN.plusSeconds(secondsAfter), true);
  }
}
