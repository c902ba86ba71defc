package dev.reprise.cluster;

import static java.util.stream.Collectors.groupingBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** How long nothing was heard of each kind that every answer rests on. */
@Component
class WatchMeters implements MeterBinder {

  private final RestartObjects restarts;
  private final WorkloadWatches workloads;

  WatchMeters(RestartObjects restarts, WorkloadWatches workloads) {
    this.restarts = restarts;
    this.workloads = workloads;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Stream.concat(restarts.watched().reflectors().stream(), workloads.reflectors().stream())
        .collect(groupingBy(Reflector::resource))
        .forEach((resource, watches) ->
            TimeGauge.builder(
                    "reprise.watch.age", watches, TimeUnit.MILLISECONDS, WatchMeters::oldest)
                .description("Time since the API server last said something about this kind")
                .tag("resource", resource.plural())
                .strongReference(true)
                .register(registry));
  }

  private static double oldest(List<? extends Reflector<?>> watches) {
    return watches.stream().mapToLong(watch -> watch.silence().toMillis()).max().orElse(0);
  }
}
