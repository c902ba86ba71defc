package dev.reprise.verdict;

import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.Kubectl;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks kubectl or the Argo plugin and the service's own rules about the same objects. */
record Judges(Kubectl kubectl, Kubectl argoRollouts) {

  private static final int MOST_TRIES = 10;
  private static final List<String> DONE = List.of("successfully rolled out", "roll out complete");
  private static final Set<String> PHASES = Set.of("Healthy", "Progressing", "Paused", "Degraded");
  private static final List<String> ERRORS =
      List.of("exceeded its progress deadline", "is only available for RollingUpdate", "not found");

  Comparison compare(Situation<?> situation, Restarting restarting) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<WorkloadState> before = restarting.read();
      String words = words(situation.ref());
      // A workload's state has its resourceVersion, and all that matters to us of its pods.
      if (before.equals(restarting.read())) {
        return new Comparison(
            situation.moment().text(),
            situation.toString(),
            verdict(situation.ref().kind(), words),
            words,
            restarting.verdict(before));
      }
    }
    throw new IllegalStateException("Still changing: " + situation);
  }

  private String words(WorkloadRef ref) {
    try {
      return switch (ref.kind()) {
        case Deployment, StatefulSet, DaemonSet ->
            kubectl
                .run("rollout", "status", ref.kind() + "/" + ref.name(), "--watch=false")
                .strip();
        case ArgoRollout -> argoRollouts.run("status", ref.name(), "--watch=false").strip();
      };
    } catch (ClusterFailure failure) {
      // Less the command line.
      return failure.getMessage().replaceFirst("(?s).*: exit code \\d+: ", "");
    }
  }

  private static String verdict(WorkloadKind kind, String words) {
    if (ERRORS.stream().anyMatch(words::contains)) {
      return "error";
    }
    return switch (kind) {
      case Deployment, StatefulSet, DaemonSet -> {
        if (DONE.stream().anyMatch(words::contains)) {
          yield "done";
        }
        if (words.startsWith("Waiting for ")) {
          yield "waits";
        }
        throw new IllegalStateException("kubectl said: " + words);
      }
      case ArgoRollout ->
          PHASES.stream()
              .filter(words::contains)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("The plugin said: " + words));
    };
  }
}
