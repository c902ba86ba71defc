package dev.reprise.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ReloadPropertiesTests {

  @Test
  void isOffUnlessAskedFor() {
    assertThat(bind(Map.of()))
        .isEqualTo(new ReloadProperties(false, Duration.ofSeconds(3), false, null));
  }

  @Test
  void mapsEachProperty() {
    assertThat(
            bind(
                Map.of(
                    "reprise.reload.enabled", "true",
                    "reprise.reload.debounce", "9s",
                    "reprise.reload.reloader-annotations", "true",
                    "reprise.reload.key-secret", "salt")))
        .isEqualTo(new ReloadProperties(true, Duration.ofSeconds(9), true, "salt"));
  }

  @Test
  void refusesToWaitLessThanNothing() {
    assertThatThrownBy(() -> bind(Map.of("reprise.reload.debounce", "-1s")))
        .rootCause()
        .hasMessageContaining("debounce");
  }

  private static ReloadProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reprise.reload", ReloadProperties.class);
  }
}
