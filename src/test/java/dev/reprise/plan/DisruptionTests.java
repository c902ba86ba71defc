package dev.reprise.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
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
  void alwaysLetsARestartMove() {
    anyWorkload(random -> {
      Disruption disruption = any(random);

      assertThat(disruption.surge() + disruption.unavailable()).as("%s", disruption).isPositive();
    });
  }

  @Test
  void keepsADeploymentWholeAsLongAsItSurgesAndNoneMayBeMissing() {
    anyWorkload(random -> {
      int desired = 1 + random.nextInt(50);
      Disruption disruption =
          Disruption.ofNewRevision(
              Workloads.deployment(
                  desired, desired, new RollingUpdate(anyLimit(random, 1), IntOrPercent.count(0))));

      assertThat(disruption.lowestAvailable()).isEqualTo(desired);
    });
  }

  @Test
  void recreatesADeploymentAltogether() {
    Disruption disruption =
        Disruption.ofNewRevision(Workloads.deployment(5, 5, new UpdateStrategy.Recreate()));

    assertThat(disruption).isEqualTo(new Disruption(5, 5, 0, 5, 0));
  }

  @Test
  void takesNoMorePodsOfAStatefulSetThanThePartitionSelects() {
    anyWorkload(random -> {
      int desired = 1 + random.nextInt(20);
      int partition = random.nextInt(desired);
      Disruption disruption =
          Disruption.ofNewRevision(
              Workloads.statefulSet(desired, desired, partition, anyLimit(random, 0)));

      assertThat(disruption.unavailable()).isBetween(1, desired - partition);
      assertThat(disruption.lowestAvailable()).isGreaterThanOrEqualTo(partition);
    });
  }

  @Test
  void neverUsesTheSurgeOfARolloutForItsRestartAt() {
    anyWorkload(random ->
        assertThat(Disruption.ofRestartAt(Workloads.rollout(3, 3, anyLimit(random, 0))).surge())
            .isZero());
  }

  @Test
  void isAnOutageOnlyWhenSomethingIsAvailableBefore() {
    assertThat(new Disruption(3, 3, 0, 3, 0).isCertainOutage()).isTrue();
    assertThat(new Disruption(3, 0, 0, 3, 0).isCertainOutage()).isFalse();
    assertThat(new Disruption(3, 3, 0, 2, 1).isCertainOutage()).isFalse();
  }

  private static void anyWorkload(Consumer<Random> test) {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      test.accept(random);
    }
  }

  private static Disruption any(Random random) {
    int desired = 1 + random.nextInt(50);
    int available = random.nextInt(desired + 10);
    IntOrPercent unavailable = anyLimit(random, 0);
    RollingUpdate rolling = new RollingUpdate(anyLimit(random, 0), unavailable);
    return switch (random.nextInt(4)) {
      case 0 -> Disruption.ofNewRevision(Workloads.deployment(desired, available, rolling));
      case 1 ->
          Disruption.ofNewRevision(
              Workloads.statefulSet(desired, available, random.nextInt(desired), unavailable));
      case 2 -> Disruption.ofNewRevision(Workloads.daemonSet(desired, available, rolling));
      default -> Disruption.ofRestartAt(Workloads.rollout(desired, available, unavailable));
    };
  }

  private static IntOrPercent anyLimit(Random random, int atLeast) {
    return random.nextBoolean()
        ? IntOrPercent.count(atLeast + random.nextInt(60))
        : IntOrPercent.percent(atLeast + random.nextInt(100));
  }
}
