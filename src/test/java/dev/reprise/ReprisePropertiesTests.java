package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.plan.CertainDowntime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReprisePropertiesTests {

  @Test
  void refusesCertainDowntimeUnlessToldOtherwise() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new RepriseProperties(CertainDowntime.Refuse, new RepriseProperties.AtOnce(100, 500)));
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
                    "reprise.leader.name",
                    "restarter")))
        .isEqualTo(new RepriseProperties(CertainDowntime.Warn, new RepriseProperties.AtOnce(7, 9)));
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
