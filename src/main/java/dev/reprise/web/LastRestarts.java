package dev.reprise.web;

import dev.reprise.restart.Restart;
import dev.reprise.workload.WorkloadRef;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The newest Restart of each workload of a namespace. */
record LastRestarts(Map<WorkloadRef, Restart> byTarget) {

  private static final Comparator<Restart> OLDEST_FIRST =
      Comparator.comparing(Restart::requestedAt).thenComparing(restart -> restart.key().name());

  static LastRestarts in(String namespace, Collection<Restart> restarts) {
    return new LastRestarts(
        restarts.stream()
            .filter(restart -> restart.target().namespace().equals(namespace))
            .filter(restart -> !restart.isBaseline())
            .collect(
                Collectors.toMap(
                    Restart::target, Function.identity(), BinaryOperator.maxBy(OLDEST_FIRST))));
  }

  @Nullable Restart of(WorkloadRef workload) {
    return byTarget.get(workload);
  }
}
