package dev.reprise.plan;

import dev.reprise.plan.Finding.Severity;
import dev.reprise.workload.Mechanism;
import java.util.List;

/** What would be done for a request, decided before anything is done. */
public sealed interface RestartPlan {

  List<Finding> findings();

  /** The restart can be made this way. */
  record Proceed(Mechanism mechanism, Disruption disruption, List<Finding> findings)
      implements RestartPlan {

    public Proceed {
      findings = List.copyOf(findings);
    }
  }

  /** There is no pod to restart; the request is fulfilled as it stands. */
  record NothingToRestart(String message) implements RestartPlan {

    @Override
    public List<Finding> findings() {
      return List.of();
    }
  }

  /** The restart must not be made; at least one of the findings says why. */
  record Refused(List<Finding> findings) implements RestartPlan {

    public Refused {
      findings = List.copyOf(findings);
      if (findings.stream().noneMatch(Refused::refuses)) {
        throw new IllegalArgumentException("A refusal has a finding that refuses");
      }
    }

    /** The first of the findings that refuse. */
    public Finding refusal() {
      return findings.stream().filter(Refused::refuses).findFirst().orElseThrow();
    }

    private static boolean refuses(Finding finding) {
      return finding.severity() == Severity.Refusal;
    }
  }
}
