package dev.reprise.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTests {

  @ParameterizedTest
  @CsvSource({"app-.*, app-1", ".*-db, the-db", "a.*b.*c, axbyc", ".*, any", "a.*a, aa"})
  void matchesAnythingInBetween(String pattern, String name) {
    assertThat(matches(pattern, name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"app-.*, my-app-1", ".*-db, the-db-2", "a.*b.*c, acb", "a.*a, a"})
  void matchesTheWholeName(String pattern, String name) {
    assertThat(matches(pattern, name)).isFalse();
  }

  @Test
  void matchesItsOwnKindAlone() {
    assertThat(
            NamePattern.parse(Kind.Secret, ".*")
                .matches(new ConfigReference(Kind.ConfigMap, "app")))
        .isFalse();
  }

  private static boolean matches(String pattern, String name) {
    return NamePattern.parse(Kind.Secret, pattern).matches(new ConfigReference(Kind.Secret, name));
  }
}
