package dev.reprise.restart;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.StrategyPlan;
import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.NotChecked;
import dev.reprise.plan.TriggerDecision;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.restart.WorkloadGateway.Reading.Found;
import dev.reprise.rollout.EvictionOrder;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Tells what a request would come to, and changes nothing: neither in the cluster nor of what an
 * Idempotency-Key stands for, which is not looked at. Safe for use by many threads.
 */
public final class DryRuns {

  /** The API server is asked about so many evictions: mostly all of them fare alike. */
  private static final int MOST_EVICTIONS = 3;

  private final RestartStore store;
  private final WorkloadGateway workloads;
  private final RestartPlanner planner;
  private final Access access;
  private final Cooldown cooldown;
  private final RandomGenerator random;

  public DryRuns(
      RestartStore store,
      WorkloadGateway workloads,
      RestartPlanner planner,
      Access access,
      Cooldown cooldown,
      RandomGenerator random) {
    this.store = store;
    this.workloads = workloads;
    this.planner = planner;
    this.access = access;
    this.cooldown = cooldown;
    this.random = random;
  }

  /**
   * What the request would come to now. What the API server refuses to do is part of the answer.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us read the workload
   * @throws Forbidden when the caller may not restart it
   */
  public DryRunOutcome of(StartRequest request) {
    access.require(request.caller(), request.target());
    return switch (workloads.glance(request.target())) {
      case Reading.Missing missing -> new DryRunOutcome.Missing(missing);
      case Found found -> new DryRunOutcome.Told(tell(request, found));
    };
  }

  private DryRun tell(StartRequest request, Found found) {
    RestartKey key =
        new RestartKey(
            request.target().namespace(), RestartNames.readable(request.target().name(), random));
    List<Restart> unfinished = Restarts.unfinished(store, request.target(), key).toList();
    Surroundings around = workloads.survey(found.state());
    StrategyPlan first = plan(request, found, around);
    access.require(request.caller(), first.plan(), found.state());
    Optional<Found> referring = referring(first.plan(), found);
    StrategyPlan plan = referring.map(one -> confirmed(first, request, one)).orElse(first);
    Found restarting = referring.orElse(found);
    List<DryRunRequest> requests = new ArrayList<>();
    List<PodSnapshot> evicted = List.of();
    boolean isRefusedForNow =
        plan.plan() instanceof RestartPlan.Refused refused
            && Restarts.passes(refused, request, unfinished.stream());
    switch (plan.plan()) {
      case RestartPlan.Refused _ when !isRefusedForNow -> {}
      case RestartPlan.Refused _, RestartPlan.NothingToRestart _ ->
          requests.add(store.dryRunCreate(key, request.spec()));
      case Proceed proceed -> {
        requests.add(store.dryRunCreate(key, request.spec()));
        requests.addAll(
            writes(proceed, restarting, Mark.of(key, request.caller(), request.reason())));
        evicted = evicted(proceed.mechanism(), restarting);
        evicted.stream()
            .limit(MOST_EVICTIONS)
            .map(pod -> workloads.dryRunEviction(key.namespace(), pod))
            .forEach(requests::add);
      }
    }
    List<NotChecked> unknown = notChecked(requests);
    return new DryRun(
        request,
        unknown.isEmpty() ? plan : plan(request, found, around.without(unknown)),
        isRefusedForNow,
        unfinished.isEmpty() ? null : unfinished.getFirst().key(),
        cooldown.of(Set.of(request.target())).orElse(null),
        requests,
        evicted.stream().map(PodSnapshot::name).toList());
  }

  private StrategyPlan plan(StartRequest request, Found found, Surroundings around) {
    return StrategyPlan.of(
        planner, found.state(), around, request.strategy(), request.acceptDowntime());
  }

  /** The Rollout whose pods restart, where a Deployment that it refers to was asked for. */
  private Optional<Found> referring(RestartPlan plan, Found found) {
    return plan instanceof Proceed proceed
            && !proceed.workload().equals(found.state().workload().ref())
            && workloads.glance(proceed.workload()) instanceof Found rollout
        ? Optional.of(rollout)
        : Optional.empty();
  }

  /** The leader asks once more then, with all that is known of the other one. */
  private StrategyPlan confirmed(StrategyPlan first, StartRequest request, Found restarting) {
    return first.plan() instanceof Proceed proceed
            && planner.check(restarting.state(), proceed.mechanism(), request.acceptDowntime())
                instanceof RestartPlan.Refused refused
        ? new StrategyPlan(first.strategy(), refused, null)
        : first;
  }

  private List<DryRunRequest> writes(Proceed plan, Found found, Mark mark) {
    Trigger trigger = TriggerDecision.decide(plan.mechanism(), found.state(), found.serverTime());
    return workloads.dryRunWrite(found.state(), trigger, mark);
  }

  private static List<PodSnapshot> evicted(Mechanism mechanism, Found found) {
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation, RestartAt -> List.of();
      case Eviction -> EvictionOrder.of(found.state().workload(), found.state().pods());
    };
  }

  /** What the API server gave no verdict on is a gap in the plan. */
  private static List<NotChecked> notChecked(List<DryRunRequest> requests) {
    return requests.stream()
        .filter(request -> request.verdict() == Verdict.NotChecked)
        .map(request ->
            new NotChecked(
                "rules for the request %s %s".formatted(request.verb(), request.object()),
                request.message()))
        .toList();
  }
}
