package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestartNamesTests {

  /** RFC 1123, as the API server checks it. */
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  @Test
  void beginsAReadableNameWithTheWorkload() {
    assertThat(RestartNames.readable("checkout", new Random(1)))
        .matches("checkout-[bcdfghjklmnpqrstvwxz2456789]{6}");
  }

  @Test
  void givesTheSameWorkloadAnotherNameEachTime() {
    Random random = new Random(1);

    assertThat(RestartNames.readable("web", random))
        .isNotEqualTo(RestartNames.readable("web", random));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 49, 50, 51, 63, 64, 253})
  void makesALabelOfAWorkloadsNameOfAnyLength(int length) {
    assertThat(RestartNames.readable("a".repeat(length), new Random(1))).matches(LABEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api.v1", "a.b.c", "0123456789012345678901234567890123456789012345678.v1"})
  void makesALabelOfAWorkloadsNameWithDots(String workload) {
    assertThat(RestartNames.readable(workload, new Random(1))).matches(LABEL);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "-"})
  void cutsALongNameWhereItMayBeCut(String separator) {
    assertThat(RestartNames.readable("a".repeat(49) + separator + "tail", new Random(1)))
        .matches(LABEL);
  }

  @Test
  void standsForAKeyWithOneNameEver() {
    assertThat(RestartNames.ofKey("anna", "demo", "deploy-42"))
        .isEqualTo(RestartNames.ofKey("anna", "demo", "deploy-42"))
        .matches(LABEL)
        .startsWith("key-");
  }

  @Test
  void keepsTheKeysOfCallersAndNamespacesApart() {
    String name = RestartNames.ofKey("anna", "demo", "k");

    assertThat(name)
        .isNotEqualTo(RestartNames.ofKey("bert", "demo", "k"))
        .isNotEqualTo(RestartNames.ofKey("anna", "shop", "k"))
        .isNotEqualTo(RestartNames.ofKey("anna", "demo", "l"));
  }

  @Test
  void doesNotTakeOnePartForTheBeginningOfTheNext() {
    assertThat(RestartNames.ofKey("anna", "demok", ""))
        .isNotEqualTo(RestartNames.ofKey("anna", "demo", "k"));
  }
}
