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
 * @param isRefusedForNow whether the plan refuses only because of an update that is another
 *     Restart, so that it is made anew when that one has ended
 * @param busyWith the Restart of the workload that is under way; null when there is none
 * @param cooling the restart that began too short a time ago; null when there is none
 * @param requests what would be sent to the API server, in order, and what it says of each; of
 *     evictions the first few
 * @param pods the names of the pods that would be evicted, in order; empty when none would
 */
public record DryRun(
    StartRequest request,
    StrategyPlan plan,
    boolean isRefusedForNow,
    @Nullable RestartKey busyWith,
    Cooldown.@Nullable Cooling cooling,
    List<DryRunRequest> requests,
    List<String> pods) {

  public DryRun {
    requests = List.copyOf(requests);
    pods = List.copyOf(pods);
  }

  /** Why the plan would have the request turned away. */
  public Optional<RestartPlan.Refused> refusal() {
    return plan.plan() instanceof RestartPlan.Refused refused && !isRefusedForNow
        ? Optional.of(refused)
        : Optional.empty();
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
    return cooling == null && refusal().isEmpty() && inTheWay().isEmpty() && refused().isEmpty();
  }
}
