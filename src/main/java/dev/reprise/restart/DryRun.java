package dev.reprise.restart;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.restart.DryRunRequest.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request would come to now.
 *
 * @param plan for the strategy asked for
 * @param busyWith the Restart of the workload that is under way; null when there is none
 * @param requests what would be sent to the API server, in order, and what it says of each; of
 *     evictions the first few
 * @param pods the names of the pods that would be evicted, in order; empty when none would
 */
public record DryRun(
    StartRequest request,
    StrategyPlan plan,
    @Nullable RestartKey busyWith,
    List<DryRunRequest> requests,
    List<String> pods) {

  public DryRun {
    requests = List.copyOf(requests);
    pods = List.copyOf(pods);
  }

  /** The Restart because of which the request itself would be turned away. */
  public Optional<RestartKey> inTheWay() {
    return switch (request.whenBusy()) {
      case Reject -> Optional.ofNullable(busyWith);
      case Wait, Join, Supersede -> Optional.empty();
    };
  }

  /** The first of the requests that the API server would refuse. */
  public Optional<DryRunRequest> refused() {
    return requests.stream().filter(sent -> sent.verdict() == Verdict.Refused).findFirst();
  }

  /** Whether it would be carried out, as far as can be told. */
  public boolean wouldBegin() {
    return inTheWay().isEmpty()
        && refused().isEmpty()
        && switch (plan.plan()) {
          case RestartPlan.Proceed _, RestartPlan.NothingToRestart _ -> true;
          case RestartPlan.Refused _ -> false;
        };
  }
}
