package dev.reprise.metrics;

import dev.reprise.restart.Leadership;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.Trigger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Counts restarts. An end is counted by the replica that leads then, so that sums over replicas are
 * right. How many there are now, each replica tells of all, so that one takes the maximum.
 */
@Component
final class RestartMeters implements MeterBinder {

  private static final Duration[] BUCKETS = {
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(2),
    Duration.ofMinutes(5),
    Duration.ofMinutes(10),
    Duration.ofMinutes(30),
    Duration.ofHours(1)
  };

  private final RestartStore store;
  private final Leadership leadership;

  RestartMeters(RestartStore store, Leadership leadership) {
    this.store = store;
    this.leadership = leadership;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("reprise.leader", leadership, now -> now.isLeader() ? 1 : 0)
        .description("1 on the replica that carries restarts out, 0 on the others")
        .register(registry);
    Gauge.builder("reprise.restarts.waiting", () -> count(RestartMeters::isWaiting))
        .description("Restarts that have not begun, though their time has come")
        .register(registry);
    Gauge.builder(
            "reprise.restarts.running", () -> count(status -> status.phase() == Phase.Progressing))
        .description("Restarts that have begun and not ended")
        .register(registry);
    EndedRestarts.tell(store, leadership, ended -> count(ended, registry));
  }

  private static boolean isWaiting(RestartStatus status) {
    return status.phase() == Phase.Pending && !status.isWaitingForTime();
  }

  private long count(Predicate<RestartStatus> matching) {
    return store.unfinished().stream().map(Restart::status).filter(matching).count();
  }

  private static void count(Restart ended, MeterRegistry registry) {
    Trigger trigger = ended.status().trigger();
    Tags tags =
        Tags.of(
            "kind", ended.followed().kind().kind(),
            "mechanism", trigger == null ? "None" : trigger.mechanism().name(),
            "outcome", ended.status().phase().name());
    registry.counter("reprise.restarts", tags).increment();
    Instant from = ended.status().startedAt();
    Instant to = ended.status().finishedAt();
    if (from != null && to != null) {
      Timer.builder("reprise.restart.duration")
          .description("From the trigger to the end, of restarts that have begun")
          .serviceLevelObjectives(BUCKETS)
          .tags(tags)
          .register(registry)
          .record(Duration.between(from, to));
    }
  }
}
