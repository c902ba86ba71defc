package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.PodSnapshot.Owner;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatefulSetSnapshotTests {

  @Test
  void keepsThePodsBelowThePartition() {
    StatefulSetSnapshot set = set(3, 2, 0);

    assertThat(set.isBelowPartition(pod("ledger-0"))).isTrue();
    assertThat(set.isBelowPartition(pod("ledger-1"))).isTrue();
    assertThat(set.isBelowPartition(pod("ledger-2"))).isFalse();
  }

  @Test
  void keepsNoPodWithoutAPartition() {
    assertThat(set(3, 0, 0).isBelowPartition(pod("ledger-0"))).isFalse();
  }

  @Test
  void countsThePartitionFromItsFirstOrdinal() {
    StatefulSetSnapshot set = set(3, 1, 5);

    assertThat(set.isBelowPartition(pod("ledger-5"))).isTrue();
    assertThat(set.isBelowPartition(pod("ledger-6"))).isFalse();
  }

  @Test
  void comparesOrdinalsAsNumbers() {
    assertThat(set(12, 9, 0).isBelowPartition(pod("ledger-10"))).isFalse();
  }

  @Test
  void takesTheLastPartOfANameWithNumbersAsOrdinal() {
    assertThat(set(3, 1, 0).isBelowPartition(pod("ledger-2-0"))).isTrue();
    assertThat(set(3, 1, 0).isBelowPartition(pod("ledger-0-2"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger", "ledger-", "ledger-x", "ledger-1x", "ledger-99999999999"})
  void findsNoOrdinalInOtherNames(String name) {
    assertThat(pod(name).ordinal()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"3, 0, 3", "3, 2, 1", "3, 3, 0", "3, 5, 0", "0, 0, 0", "0, 2, 0"})
  void replacesThePodsFromThePartitionUpwards(int desired, int partition, int toReplace) {
    assertThat(set(desired, partition, 0).toReplace()).isEqualTo(toReplace);
  }

  private static StatefulSetSnapshot set(int desired, int partition, int firstOrdinal) {
    return new StatefulSetSnapshot(
        new WorkloadMetadata(
            new WorkloadRef(WorkloadKind.StatefulSet, "shop", "ledger"),
            "uid",
            "1",
            new Generation(1, 1),
            null,
            false,
            List.of()),
        desired,
        ReplicaCounts.NONE,
        new UpdateStrategy.OnDelete(),
        true,
        true,
        partition,
        firstOrdinal,
        new PodTemplate("hash", null),
        List.of());
  }

  private static PodSnapshot pod(String name) {
    return new PodSnapshot(
        name, name, Owner.NONE, "", Instant.EPOCH, "node-1", null, false, true, null, List.of());
  }
}
