package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Samples;
import org.junit.jupiter.api.Test;

class LandedTests {

  @Test
  void tellsThePartitionOfAStatefulSetAlone() {
    assertThat(in(Samples.statefulSet(3)).partition()).isZero();
    assertThat(in(Samples.deployment(3)).partition()).isNull();
  }

  private static Landed in(WorkloadState state) {
    return Landed.in(state.workload(), Mechanism.TemplateAnnotation);
  }
}
