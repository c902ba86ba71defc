package dev.reprise.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All situations, by kind of workload. */
final class Situations {

  private Situations() {}

  static List<Situation> all() {
    // Evictions by the service are being built; when they are, this becomes plain toCome().
    List<Situation> more = Boolean.getBoolean("predictions.toCome") ? toCome() : List.of();
    return Stream.concat(built().stream(), more.stream())
        .sorted(Comparator.comparing(Situation::kind))
        .toList();
  }

  private static List<Situation> built() {
    return Stream.of(
            DeploymentSituations.ofNewRevision(),
            StatefulSetSituations.ofNewRevision(),
            DaemonSetSituations.ofNewRevision(),
            RolloutSituations.ofNewRevision(),
            RolloutSituations.ofRecreatePods())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Situation> toCome() {
    return Stream.of(
            DeploymentSituations.ofRecreatePods(),
            StatefulSetSituations.ofRecreatePods(),
            DaemonSetSituations.ofRecreatePods(),
            RolloutSituations.ofUnreadyPods())
        .flatMap(List::stream)
        .toList();
  }
}
