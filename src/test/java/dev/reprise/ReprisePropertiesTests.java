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
    assertThat(bind(Map.of())).isEqualTo(new RepriseProperties(CertainDowntime.Refuse));
  }

  @Test
  void mapsEachProperty() {
    assertThat(bind(Map.of("reprise.certain-downtime", "Warn", "reprise.leader.name", "restarter")))
        .isEqualTo(new RepriseProperties(CertainDowntime.Warn));
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
