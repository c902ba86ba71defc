package dev.reprise.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How many calls are kept open, and how many may be. */
@Component
class CallMeters implements MeterBinder {

  private final OpenCalls calls;
  private final StreamProperties limits;

  CallMeters(OpenCalls calls, StreamProperties limits) {
    this.calls = calls;
    this.limits = limits;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("reprise.streams.open", calls, OpenCalls::count)
        .description("Event streams, and calls that wait for a restart")
        .register(registry);
    Gauge.builder("reprise.streams.limit", limits, StreamProperties::total)
        .description("How many of them there may be")
        .register(registry);
  }
}
