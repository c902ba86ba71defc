package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LeaderPropertiesTests {

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new LeaderProperties(
                "reprise",
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(7),
                Duration.ofSeconds(2)));
  }

  @Test
  void mapsEachProperty() {
    LeaderProperties bound =
        bind(
            Map.of(
                "reprise.leader.namespace", "ops",
                "reprise.leader.name", "restarter",
                "reprise.leader.lease-duration", "1m",
                "reprise.leader.renew-deadline", "40s",
                "reprise.leader.retry-period", "5s"));

    assertThat(bound)
        .isEqualTo(
            new LeaderProperties(
                "restarter",
                "ops",
                Duration.ofMinutes(1),
                Duration.ofSeconds(40),
                Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @CsvSource({
    "lease-duration, 7s, longer than renew-deadline",
    "lease-duration, 15500ms, whole seconds",
    "renew-deadline, 2s, longer than retry-period",
    "retry-period, 0s, longer than nothing",
  })
  void refusesWhatCannotWork(String name, String value, String why) {
    assertThatThrownBy(() -> bind(Map.of("reprise.leader." + name, value)))
        .rootCause()
        .hasMessageContaining(why);
  }

  private static LeaderProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reprise.leader", LeaderProperties.class);
  }
}
