package dev.reprise.verdict;

import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** One workload in one moment, to be judged. */
record Situation<S>(WorkloadRef ref, Moment<S> moment, Variation variation) {

  /** Some of each moment; the same for the same seed. */
  static <S> List<Situation<S>> of(
      WorkloadKind kind, List<Moment<S>> moments, List<String> limits, int ofEach, long seed) {
    Random random = new Random(seed);
    List<Situation<S>> situations = new ArrayList<>();
    for (Moment<S> moment : moments) {
      for (int i = 0; i < ofEach; i++) {
        String name = kind.kind().toLowerCase(Locale.ROOT) + "-" + situations.size();
        situations.add(
            new Situation<>(
                new WorkloadRef(kind, Scene.NAMESPACE, name),
                moment,
                Variation.any(moment.atLeast(), limits, random)));
      }
    }
    return situations;
  }

  @Override
  public String toString() {
    return "%s (%s): %s".formatted(ref.name(), variation, moment.text());
  }
}
