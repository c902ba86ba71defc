package dev.reprise.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds for every workload; the golden folders have the single cases. */
class DisruptionTests {

  @Test
  void neverPlansBelowWhatMayBeMissing() {
    anyWorkload(random -> {
      Disruption disruption = any(random);

      assertThat(disruption.lowestAvailable())
          .as("%s", disruption)
          .isNotNegative()
          .isLessThanOrEqualTo(disruption.available());
      assertThat(disruption.lowestAvailable())
          .as("%s", disruption)
          .isGreaterThanOrEqualTo(
              Math.min(
                  disruption.available(),
                  Math.max(0, disruption.desired() - disruption.unavailable())));
    });
  }

  @Test
  void alwaysLetsANewRevisionMove() {
    anyWorkload(random -> {
      Disruption disruption = anyNewRevision(random);

      assertThat(disruption.surge() + disruption.unavailable()).as("%s", disruption).isPositive();
      assertThat(disruption.waves()).as("%s", disruption).isPositive();
    });
  }

  @Test
  void keepsADeploymentWholeAsLongAsItSurgesAndNoneMayBeMissing() {
    anyWorkload(random -> {
      int desired = 1 + random.nextInt(50);
      Disruption disruption =
          newRevision(
              Workloads.deployment(
                  desired, desired, new RollingUpdate(anyLimit(random, 1), IntOrPercent.count(0))));

      assertThat(disruption.lowestAvailable()).isEqualTo(desired);
    });
  }

  @Test
  void recreatesADeploymentAltogether() {
    Disruption disruption = newRevision(Workloads.deployment(5, 5, new UpdateStrategy.Recreate()));

    assertThat(disruption).isEqualTo(new Disruption(5, 5, 0, 5, null, 0, 0, 1));
  }

  @Test
  void takesNoMorePodsOfAStatefulSetThanThePartitionSelects() {
    anyWorkload(random -> {
      int desired = 1 + random.nextInt(20);
      int partition = random.nextInt(desired);
      Disruption disruption =
          newRevision(Workloads.statefulSet(desired, desired, partition, anyLimit(random, 0)));

      assertThat(disruption.unavailable()).isBetween(1, desired - partition);
      assertThat(disruption.lowestAvailable()).isGreaterThanOrEqualTo(partition);
    });
  }

  @Test
  void neverUsesTheSurgeOfARolloutForItsRestartAt() {
    anyWorkload(random ->
        assertThat(restartAt(Workloads.rollout(3, 3, anyLimit(random, 0))).surge()).isZero());
  }

  @Test
  void isAnOutageOnlyWhenSomethingIsAvailableBefore() {
    assertThat(new Disruption(3, 3, 0, 3, null, 0, 0, 1).isCertainOutage()).isTrue();
    assertThat(new Disruption(3, 0, 0, 3, null, 0, 0, 1).isCertainOutage()).isFalse();
    assertThat(new Disruption(3, 3, 0, 2, null, 1, 1, 1).isCertainOutage()).isFalse();
  }

  private static Disruption newRevision(WorkloadSnapshot workload) {
    return Disruption.of(Mechanism.TemplateAnnotation, alone(workload));
  }

  private static Disruption restartAt(WorkloadSnapshot workload) {
    return Disruption.of(Mechanism.RestartAt, alone(workload));
  }

  private static WorkloadState alone(WorkloadSnapshot workload) {
    return new WorkloadState(workload, List.of(), List.of());
  }

  private static void anyWorkload(Consumer<Random> test) {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      test.accept(random);
    }
  }

  @Test
  void doesNotMoveByRestartAtWhereArgoWaitsForAPod() {
    Disruption disruption = restartAt(Workloads.rollout(3, 2, IntOrPercent.count(0)));

    assertThat(disruption).isEqualTo(new Disruption(3, 2, 0, 0, null, 2, 2, 0));
  }

  private static Disruption any(Random random) {
    int desired = 1 + random.nextInt(50);
    return random.nextInt(4) == 0
        ? restartAt(Workloads.rollout(desired, random.nextInt(desired + 10), anyLimit(random, 0)))
        : anyNewRevision(random);
  }

  private static Disruption anyNewRevision(Random random) {
    int desired = 1 + random.nextInt(50);
    int available = random.nextInt(desired + 10);
    IntOrPercent unavailable = anyLimit(random, 0);
    RollingUpdate rolling = new RollingUpdate(anyLimit(random, 0), unavailable);
    return switch (random.nextInt(3)) {
      case 0 -> newRevision(Workloads.deployment(desired, available, rolling));
      case 1 ->
          newRevision(
              Workloads.statefulSet(desired, available, random.nextInt(desired), unavailable));
      default -> newRevision(Workloads.daemonSet(desired, available, rolling));
    };
  }

  private static IntOrPercent anyLimit(Random random, int atLeast) {
    return random.nextBoolean()
        ? IntOrPercent.count(atLeast + random.nextInt(60))
        : IntOrPercent.percent(atLeast + random.nextInt(100));
  }
}
