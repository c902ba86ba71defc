package dev.reprise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.security.AuthenticationProperties.Mode;
import dev.reprise.security.AuthenticationProperties.Oidc;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AuthenticationPropertiesTests {

  @Test
  void asksTheApiServerUnlessToldOtherwise() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new AuthenticationProperties(
                Mode.Kubernetes, "reprise", new Oidc(null, "sub", "", "groups", "")));
  }

  @Test
  void mapsEachProperty() {
    assertThat(
            bind(
                Map.of(
                    "reprise.authentication.mode", "oidc",
                    "reprise.authentication.audience", "restarts",
                    "reprise.authentication.oidc.issuer-uri", "https://sso.example",
                    "reprise.authentication.oidc.username-claim", "email",
                    "reprise.authentication.oidc.username-prefix", "sso:",
                    "reprise.authentication.oidc.groups-claim", "roles",
                    "reprise.authentication.oidc.groups-prefix", "role:")))
        .isEqualTo(
            new AuthenticationProperties(
                Mode.Oidc,
                "restarts",
                new Oidc("https://sso.example", "email", "sso:", "roles", "role:")));
  }

  @Test
  void refusesAnEmptyAudience() {
    assertThatThrownBy(() -> bind(Map.of("reprise.authentication.audience", "")))
        .rootCause()
        .hasMessageContaining("audience");
  }

  @Test
  void refusesOidcWithoutAnIssuer() {
    assertThatThrownBy(() -> bind(Map.of("reprise.authentication.mode", "oidc")))
        .rootCause()
        .hasMessageContaining("issuer-uri");
  }

  private static AuthenticationProperties bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("reprise.authentication", AuthenticationProperties.class);
  }
}
