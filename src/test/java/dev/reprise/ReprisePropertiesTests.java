package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.plan.CertainDowntime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReprisePropertiesTests {

  @Test
  void refusesCertainDowntimeUnlessToldOtherwise() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new RepriseProperties(
                CertainDowntime.Refuse,
                Duration.ZERO,
                new RepriseProperties.AtOnce(100, 500),
                new RepriseProperties.Keep(Duration.ofDays(7), 100)));
  }

  @Test
  void mapsEachProperty() {
    assertThat(
            bind(
                Map.of(
                    "reprise.certain-downtime",
                    "Warn",
                    "reprise.at-once.per-namespace",
                    "7",
                    "reprise.at-once.overall",
                    "9",
                    "reprise.cooldown",
                    "30s",
                    "reprise.keep.for",
                    "48h",
                    "reprise.keep.at-most",
                    "5",
                    "reprise.leader.name",
                    "restarter")))
        .isEqualTo(
            new RepriseProperties(
                CertainDowntime.Warn,
                Duration.ofSeconds(30),
                new RepriseProperties.AtOnce(7, 9),
                new RepriseProperties.Keep(Duration.ofDays(2), 5)));
  }

  @Test
  void keepsThePromiseOfTheIdempotencyKey() {
    assertThatThrownBy(() -> bind(Map.of("reprise.keep.for", "1h")))
        .rootCause()
        .hasMessageContaining("24h");
  }

  @Test
  void refusesWhatIsNeither() {
    assertThatThrownBy(() -> bind(Map.of("reprise.certain-downtime", "Ignore")))
        .rootCause()
        .hasMessageContaining("CertainDowntime.Ignore");
  }

  private static RepriseProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reprise", RepriseProperties.class);
  }
}
