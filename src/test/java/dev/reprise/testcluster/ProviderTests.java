package dev.reprise.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderTests {
  private static final String KUBECONFIG = "reprise.cluster.kubeconfig";

  @Test
  void prefersGoToAnEngine() {
    assertThat(choose(Map.of(), true, true)).isEqualTo(Provider.LOCAL);
  }

  @Test
  void takesAnEngineWhereThereIsNoGo() {
    assertThat(choose(Map.of(), false, true)).isEqualTo(Provider.K3S);
  }

  @Test
  void takesAnExistingClusterOnlyByName() {
    assertThat(choose(Map.of(KUBECONFIG, "file"), true, true)).isEqualTo(Provider.EXISTING);
    assertThat(choose(Map.of(KUBECONFIG, ""), true, true)).isEqualTo(Provider.LOCAL);
  }

  @Test
  void obeysTheOneThatIsForced() {
    assertThat(choose(Map.of("reprise.cluster", "k3s"), true, false)).isEqualTo(Provider.K3S);
  }

  @Test
  void saysWhatMayBeForced() {
    assertThatThrownBy(() -> choose(Map.of("reprise.cluster", "kind"), true, true))
        .isInstanceOf(ClusterFailure.class)
        .hasMessage("reprise.cluster is 'kind'; it may be local, k3s or existing.");
  }

  @Test
  void saysWhatToInstall() {
    assertThatThrownBy(() -> choose(Map.of(), false, false))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageContainingAll("Go 1.26", "container engine", KUBECONFIG);
  }

  private static Provider choose(Map<String, String> properties, boolean go, boolean engine) {
    return Provider.choose(properties::get, () -> go, () -> engine);
  }
}
