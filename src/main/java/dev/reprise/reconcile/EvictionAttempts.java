package dev.reprise.reconcile;

import dev.reprise.workload.PodSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which evictions of a Restart this leader has asked for lately: no record of what became of them,
 * only so that it does not ask all the time. One thread at a time.
 */
final class EvictionAttempts {

  /** Whoever can help needs a while; and a pod that goes is seen to go long before. */
  static final Duration BETWEEN_TWO = Duration.ofSeconds(10);

  private final Map<String, Instant> askedAt = new HashMap<>();
  private Instant heldUntil = Instant.MIN;

  /** Those that may be asked for now, the least lately asked for first; none during a hold. */
  List<PodSnapshot> due(List<PodSnapshot> pods, Instant now) {
    return now.isBefore(heldUntil)
        ? List.of()
        : pods.stream()
            .filter(pod -> !lastOf(pod).isAfter(now.minus(BETWEEN_TWO)))
            .sorted(Comparator.comparing(this::lastOf))
            .toList();
  }

  void asked(PodSnapshot pod, Instant now) {
    askedAt.put(pod.uid(), now);
  }

  /** Nothing may be asked for before this has gone by. */
  void hold(Duration time, Instant now) {
    heldUntil = now.plus(time);
  }

  /** How long nothing may be asked for; zero when that is over. */
  Duration held(Instant now) {
    return now.isBefore(heldUntil) ? Duration.between(now, heldUntil) : Duration.ZERO;
  }

  private Instant lastOf(PodSnapshot pod) {
    return Objects.requireNonNullElse(askedAt.get(pod.uid()), Instant.MIN);
  }
}
