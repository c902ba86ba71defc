package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadRefTests {

  @Test
  void readsAsAPersonWouldWriteIt() {
    assertThat(new WorkloadRef(WorkloadKind.ArgoRollout, "shop", "storefront"))
        .hasToString("Rollout shop/storefront");
  }

  @ParameterizedTest
  @CsvSource({
    "Deployment, deployment/checkout -n shop",
    "StatefulSet, statefulset/checkout -n shop",
    "DaemonSet, daemonset/checkout -n shop",
    "ArgoRollout, rollout/checkout -n shop"
  })
  void isReadyToPasteAfterKubectl(WorkloadKind kind, String text) {
    assertThat(new WorkloadRef(kind, "shop", "checkout").forKubectl()).isEqualTo(text);
  }

  @Test
  void refusesAnEmptyNamespaceOrName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkloadRef(WorkloadKind.Deployment, "", "checkout"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkloadRef(WorkloadKind.Deployment, "shop", ""));
  }
}
