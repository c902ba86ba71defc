package dev.reprise.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Samples;
import dev.reprise.workload.IntOrPercent;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.Owner;
import dev.reprise.workload.PodSnapshot.Termination;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.ReplicaCounts;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy.RollingUpdate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvictionOrderTests {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void beginsWithTheUnreadyThenTheOldest() {
    assertThat(
            order(
                Samples.deployment(3).workload(),
                pod("young", 30, true, null),
                pod("old", 10, true, null),
                pod("unready", 40, false, null)))
        .containsExactly("unready", "old", "young");
  }

  @Test
  void beginsWithTheHighestOrdinalOfAStatefulSet() {
    assertThat(
            order(
                statefulSet(),
                pod("db-2", 30, true, null),
                pod("db-10", 10, true, null),
                pod("db-0", 20, true, null)))
        .containsExactly("db-10", "db-2", "db-0");
  }

  @Test
  void leavesOutWhatIsOnItsWayOut() {
    assertThat(
            order(
                Samples.deployment(3).workload(),
                pod("going", 10, true, new Termination(NOON, false)),
                pod("staying", 20, true, null)))
        .containsExactly("staying");
  }

  private static List<String> order(WorkloadSnapshot workload, PodSnapshot... pods) {
    return EvictionOrder.of(workload, List.of(pods)).stream().map(PodSnapshot::name).toList();
  }

  private static PodSnapshot pod(
      String name, int secondsAfterNoon, boolean ready, @Nullable Termination termination) {
    return new PodSnapshot(
        name,
        "uid-" + name,
        Owner.NONE,
        "",
        NOON.plusSeconds(secondsAfterNoon),
        "",
        termination,
        false,
        ready,
        null,
        List.of());
  }

  private static StatefulSetSnapshot statefulSet() {
    return new StatefulSetSnapshot(
        Samples.metadata(new WorkloadRef(WorkloadKind.StatefulSet, "demo", "db")),
        3,
        new ReplicaCounts(3, 3, 3, 3),
        new RollingUpdate(IntOrPercent.count(0), IntOrPercent.count(1)),
        true,
        true,
        0,
        0,
        new PodTemplate("first", null),
        List.of());
  }
}
