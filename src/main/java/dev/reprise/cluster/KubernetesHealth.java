package dev.reprise.cluster;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the watches that every answer rests on are alive: part of readiness, never of liveness,
 * since a restart of ours mends no API server.
 */
@Component("kubernetes")
class KubernetesHealth implements HealthIndicator {

  private final RestartObjects restarts;
  private final WorkloadWatches workloads;
  private final RestartSchema schema;
  private final Duration longestSilence;

  KubernetesHealth(
      RestartObjects restarts,
      WorkloadWatches workloads,
      RestartSchema schema,
      KubernetesProperties properties) {
    this.restarts = restarts;
    this.workloads = workloads;
    this.schema = schema;
    // One silent watch is begun anew; when that does not help, nobody is there.
    this.longestSilence = properties.watchSilence().multipliedBy(2);
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    restarts.watched().reflectors().forEach(reflector -> look(reflector, health, true));
    workloads.reflectors().forEach(reflector -> look(reflector, health, false));
    look(schema.verdict(), health);
    return health.build();
  }

  private static void look(RestartSchema.Verdict verdict, Health.Builder health) {
    String state =
        switch (verdict) {
          case RestartSchema.Verdict.Complete _ -> "has all fields";
          case RestartSchema.Verdict.NotAllowed(String why) -> "not checked: " + why;
          case RestartSchema.Verdict.NotRead(String why) -> {
            health.down();
            yield why;
          }
          case RestartSchema.Verdict.Lacking lacking -> {
            health.down();
            yield lacking.toString();
          }
        };
    health.withDetail("schema of Restarts", state);
  }

  /**
   * @param needed whether we can't do without the kind: a cluster may have no Rollouts, but
   *     Restarts it must have
   */
  private void look(Reflector<?> reflector, Health.Builder health, boolean needed) {
    String state = "watched";
    if (reflector.isAbsent()) {
      state = "not installed in the cluster";
      if (needed) {
        health.down();
        state += "; install the custom resource definition restarts.reprise.dev";
      }
    } else if (!reflector.isSynced() || reflector.lastFailure() != null) {
      ApiFailure failure = reflector.lastFailure();
      state = failure == null ? "not listed yet" : String.valueOf(failure.getMessage());
      health.down();
    } else if (reflector.silence().compareTo(longestSilence) > 0) {
      state = "nothing heard for %d s".formatted(reflector.silence().toSeconds());
      health.down();
    }
    health.withDetail(reflector.toString(), state);
  }
}
