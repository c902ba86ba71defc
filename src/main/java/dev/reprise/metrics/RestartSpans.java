package dev.reprise.metrics;

import dev.reprise.restart.Leadership;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartStore;
import dev.reprise.workload.Trigger;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * A span for each restart, from its trigger to its end, told by the replica that leads when it has
 * ended. It belongs to no call: a restart outlives the one that asked for it, and that call's span
 * has the same {@code reprise.restart}. Who asked and why is not in it.
 */
@Component
class RestartSpans {

  /** By which the span of a call and that of its restart are found together. */
  private static final String RESTART = "reprise.restart";

  /** By which the members of a group are found together. */
  private static final String GROUP = "reprise.group";

  private final Tracer tracer;

  RestartSpans(RestartStore store, Leadership leadership, Tracer tracer) {
    this.tracer = tracer;
    EndedRestarts.tell(store, leadership, this::tell);
  }

  private void tell(Restart ended) {
    Instant from = ended.status().startedAt();
    Instant to = ended.finishedAt();
    Trigger trigger = ended.status().trigger();
    if (from == null || to == null || trigger == null) {
      return;
    }
    Span.Builder span =
        tracer
            .spanBuilder()
            .setNoParent()
            .name("restart")
            .startTimestamp(from.toEpochMilli(), TimeUnit.MILLISECONDS)
            .tag(RESTART, ended.key().toString())
            .tag("reprise.mechanism", trigger.mechanism().name())
            .tag("reprise.outcome", ended.phase().name())
            .tag("reprise.reason", ended.status().reason())
            .tag("k8s.namespace.name", ended.key().namespace())
            .tag("k8s.workload.kind", ended.followed().kind().kind())
            .tag("k8s.workload.name", ended.followed().name());
    ended.groupKey().ifPresent(group -> span.tag(GROUP, group.toString()));
    span.start().end(to.toEpochMilli(), TimeUnit.MILLISECONDS);
  }
}
