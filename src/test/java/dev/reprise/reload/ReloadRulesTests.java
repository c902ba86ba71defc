package dev.reprise.reload;

import static dev.reprise.workload.ReloadAnnotations.RELOAD;
import static dev.reprise.workload.ReloadAnnotations.STRATEGY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Strategy;
import dev.reprise.reload.ReloadRules.Reading;
import dev.reprise.workload.ConfigReference;
import dev.reprise.workload.ConfigReference.Kind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReloadRulesTests {

  private static final ConfigReference DB = new ConfigReference(Kind.Secret, "db");
  private static final ConfigReference APP = new ConfigReference(Kind.ConfigMap, "app");

  @Test
  void saysNothingWithoutTheAnnotation() {
    assertThat(ReloadRules.of(Map.of(STRATEGY, "NewRevision"))).isEqualTo(new Reading.Nothing());
  }

  @Test
  void takesAllThatIsUsedWhenItIsAutomatic() {
    assertThat(rule(Map.of(RELOAD, "auto")).of(Set.of(DB, APP))).containsExactlyInAnyOrder(DB, APP);
  }

  @Test
  void takesWhatIsNamedUsedOrNot() {
    assertThat(rule(Map.of(RELOAD, "secret/db")).of(Set.of(APP))).containsExactly(DB);
  }

  @Test
  void toleratesSpacesAndShortNames() {
    assertThat(rule(Map.of(RELOAD, " cm/app , Secret/db ")).of(Set.of()))
        .containsExactlyInAnyOrder(DB, APP);
  }

  @Test
  void takesTheStrategy() {
    assertThat(rule(Map.of(RELOAD, "auto", STRATEGY, "recreatepods")).strategy())
        .isEqualTo(Strategy.RecreatePods);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "db", "secret/", "pod/db", "secret/db,", "secret/No_Name"})
  void doesNotGuess(String text) {
    assertThat(ReloadRules.of(Map.of(RELOAD, text))).isInstanceOf(Reading.NotUnderstood.class);
  }

  @Test
  void repeatsNothingOfWhatItDoesNotUnderstand() {
    assertThat(ReloadRules.of(Map.of(RELOAD, "auto", STRATEGY, "evil\nline")))
        .isInstanceOfSatisfying(
            Reading.NotUnderstood.class,
            reading -> assertThat(reading.why()).doesNotContain("evil").contains(STRATEGY));
  }

  private static ReloadRule rule(Map<String, String> annotations) {
    return ((Reading.Says) ReloadRules.of(annotations)).rule();
  }
}
