package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.PodSnapshot.Owner;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionTests {

  private static final PodTemplate TEMPLATE = new PodTemplate("hash", null);

  @Test
  void aReplicaSetHasMadeThePodsThatItControls() {
    Revision replicaSet = new ReplicaSetSnapshot("web-1", "rs", "web", 1, 3, TEMPLATE);

    assertThat(replicaSet.hasMade(pod("rs", ""))).isTrue();
    assertThat(replicaSet.hasMade(pod("another", ""))).isFalse();
  }

  @Test
  void aControllerRevisionHasMadeThePodsOfItsWorkloadThatHaveItsLabel() {
    Revision revision = new ControllerRevisionSnapshot("db-5f", "cr", "db", 2, "db-5f", TEMPLATE);

    assertThat(revision.hasMade(pod("db", "db-5f"))).isTrue();
    assertThat(revision.hasMade(pod("db", "db-6a"))).isFalse();
    assertThat(revision.hasMade(pod("another", "db-5f"))).isFalse();
  }

  private static PodSnapshot pod(String ownerUid, String revision) {
    return new PodSnapshot(
        "pod",
        "pod",
        new Owner("", "", ownerUid),
        revision,
        Instant.EPOCH,
        "node-1",
        null,
        false,
        true,
        null,
        List.of());
  }
}
