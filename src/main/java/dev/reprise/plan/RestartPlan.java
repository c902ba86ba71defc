package dev.reprise.plan;

import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadRef;
import java.util.List;
import java.util.Optional;

/** What would be done for a request, decided before anything is done. */
public sealed interface RestartPlan {

  List<Finding> findings();

  /**
   * The restart can be made this way.
   *
   * @param workload whose pods restart: the one asked for, or the Rollout that refers to it
   * @param why a sentence on the choice of the mechanism
   */
  record Proceed(
      Mechanism mechanism,
      WorkloadRef workload,
      String why,
      Disruption disruption,
      List<Finding> findings)
      implements RestartPlan {

    public Proceed {
      findings = List.copyOf(findings);
    }

    /** What will keep the restart from its end, as things stand; empty when nothing does. */
    public Optional<Finding> obstacle() {
      return findings.stream().filter(finding -> finding.code().isObstacle()).findFirst();
    }
  }

  /** There is no pod to restart; the request is fulfilled as it stands. */
  record NothingToRestart(String message) implements RestartPlan {

    @Override
    public List<Finding> findings() {
      return List.of();
    }
  }

  /**
   * The restart must not be made; at least one of the findings says why.
   *
   * @param alternatives other requests that would be carried out, the gentlest first
   */
  record Refused(List<Finding> findings, List<Alternative> alternatives) implements RestartPlan {

    public Refused {
      findings = List.copyOf(findings);
      alternatives = List.copyOf(alternatives);
      if (findings.stream().noneMatch(Finding::refuses)) {
        throw new IllegalArgumentException("A refusal has a finding that refuses");
      }
    }

    Refused(List<Finding> findings) {
      this(findings, List.of());
    }

    /** For want of a right, whatever else may be said of it. */
    public static Refused forbidden(String message, String nextStep) {
      return new Refused(List.of(Finding.refusal(Finding.Code.Forbidden, message, nextStep)));
    }

    /** The first of the findings that refuse. */
    public Finding refusal() {
      return findings.stream().filter(Finding::refuses).findFirst().orElseThrow();
    }
  }

  /** What could be asked for instead, and what it would come to. */
  record Alternative(Strategy strategy, boolean acceptDowntime, Proceed plan) {}
}
