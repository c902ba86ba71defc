package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TriggerTests {

  @Test
  void isWrittenInUtcAndWholeSeconds() {
    assertThat(trigger("2026-03-01T10:00:00Z").text()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(trigger("2026-03-01T10:00:00+02:00").text()).isEqualTo("2026-03-01T08:00:00Z");
  }

  @Test
  void refusesPartsOfASecond() {
    assertThatIllegalArgumentException().isThrownBy(() -> trigger("2026-03-01T10:00:00.5Z"));
  }

  private static Trigger trigger(String value) {
    return new Trigger(
        Mechanism.RestartAt,
        Instant.parse(value),
        new WorkloadRef(WorkloadKind.ArgoRollout, "demo", "web"),
        "uid",
        1,
        null,
        "hash",
        0);
  }
}
