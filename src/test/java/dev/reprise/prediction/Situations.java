package dev.reprise.prediction;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All situations, by kind of workload. */
final class Situations {

  private Situations() {}

  static List<Situation> all() {
    return Stream.concat(controlled().stream(), evicted().stream())
        .sorted(Comparator.comparing(Situation::kind))
        .toList();
  }

  private static List<Situation> controlled() {
    return Stream.of(
            DeploymentSituations.ofNewRevision(),
            StatefulSetSituations.ofNewRevision(),
            DaemonSetSituations.ofNewRevision(),
            RolloutSituations.ofNewRevision(),
            RolloutSituations.ofRecreatePods())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Situation> evicted() {
    return Stream.of(
            DeploymentSituations.ofRecreatePods(),
            StatefulSetSituations.ofRecreatePods(),
            DaemonSetSituations.ofRecreatePods(),
            RolloutSituations.ofUnreadyPods())
        .flatMap(List::stream)
        .toList();
  }
}
