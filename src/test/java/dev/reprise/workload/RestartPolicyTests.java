package dev.reprise.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartPolicyTests {

  @Test
  void allowsWithoutAWord() {
    assertThat(RestartPolicy.parse(null)).isEqualTo(RestartPolicy.Allow);
  }

  @ParameterizedTest
  @CsvSource({
    "Allow, Allow",
    "deny, Deny",
    "NEVERINGROUPS, NeverInGroups",
    "Sometimes, Deny",
    "'', Deny"
  })
  void takesWhatItDoesNotKnowForDeny(String text, RestartPolicy policy) {
    assertThat(RestartPolicy.parse(text)).isEqualTo(policy);
  }
}
