package dev.reprise.prediction;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadKind;
import java.util.function.Consumer;

/**
 * A workload in some state, and how it is to be restarted. What comes of that, nothing here says.
 *
 * @param text what is special about it, with the numbers
 * @param layout brings it about
 */
record Situation(WorkloadKind kind, Strategy strategy, String text, Consumer<Stage> layout) {

  @Override
  public String toString() {
    return "%s, %s: %s".formatted(kind, strategy, text);
  }
}
