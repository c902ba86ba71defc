package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTests {

  private static final ApiResource PODS = new ApiResource("", "v1", "pods");
  private static final ApiResource ROLLOUTS =
      new ApiResource("argoproj.io", "v1alpha1", "rollouts");

  @Test
  void namesTheCoreGroupByItsOldPath() {
    assertThat(PODS.everywhere().escaped()).isEqualTo("/api/v1/pods");
    assertThat(PODS.in("shop").named("p").subresource("eviction").escaped())
        .isEqualTo("/api/v1/namespaces/shop/pods/p/eviction");
  }

  @Test
  void namesOtherGroupsByTheirName() {
    assertThat(ROLLOUTS.in("shop").escaped())
        .isEqualTo("/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts");
  }

  @Test
  void escapesEachSegment() {
    assertThat(PODS.in("a/b").named("c d?e").escaped())
        .isEqualTo("/api/v1/namespaces/a%2Fb/pods/c%20d%3Fe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void refusesWhatWouldLeadElsewhere(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> PODS.in("shop").named(name));
    assertThatIllegalArgumentException().isThrownBy(() -> PODS.in(name));
  }

  @Test
  void readsAsPeopleWriteIt() {
    assertThat(ROLLOUTS.in("shop").named("checkout").subresource("status"))
        .hasToString("rollouts.argoproj.io shop/checkout (status)");
    assertThat(PODS.everywhere()).hasToString("pods");
    assertThat(PODS.in("shop")).hasToString("pods shop/*");
  }
}
