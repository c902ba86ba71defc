package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KubernetesPropertiesTests {

  @Test
  void hasDefaults() {
    assertThat(bind(Map.of())).isEqualTo(FakeApiServer.properties());
  }

  @Test
  void mapsEachProperty() {
    KubernetesProperties bound =
        bind(
            Map.ofEntries(
                Map.entry("reprise.kubernetes.kubeconfig", "/etc/reprise/kubeconfig"),
                Map.entry("reprise.kubernetes.context", "staging"),
                Map.entry("reprise.kubernetes.namespaces", "shop,bank"),
                Map.entry("reprise.kubernetes.field-manager", "restarter"),
                Map.entry("reprise.kubernetes.connect-timeout", "1s"),
                Map.entry("reprise.kubernetes.request-timeout", "2s"),
                Map.entry("reprise.kubernetes.deadline", "3s"),
                Map.entry("reprise.kubernetes.ping", "4s"),
                Map.entry("reprise.kubernetes.watch-silence", "5m"),
                Map.entry("reprise.kubernetes.page-size", "6"),
                Map.entry("reprise.kubernetes.restarts-by-others", "Accept")));

    assertThat(bound)
        .isEqualTo(
            new KubernetesProperties(
                Path.of("/etc/reprise/kubeconfig"),
                "staging",
                Set.of("shop", "bank"),
                "restarter",
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofMinutes(5),
                6,
                RestartsByOthers.Accept,
                false));
  }

  @ParameterizedTest
  @CsvSource({
    "field-manager, kubectl-reprise, Flux",
    "field-manager, '', 1 to 128",
    "request-timeout, 0s, request-timeout",
    "watch-silence, -1s, watch-silence",
    "page-size, 0, page-size",
  })
  void refusesWhatCannotWork(String name, String value, String why) {
    assertThatThrownBy(() -> bind(Map.of("reprise.kubernetes." + name, value)))
        .rootCause()
        .hasMessageContaining(why);
  }

  private static KubernetesProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("reprise.kubernetes", KubernetesProperties.class);
  }
}
