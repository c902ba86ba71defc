package dev.reprise.restart;

import dev.reprise.plan.Finding;
import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.Surroundings;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Starts Restarts. Any replica may do this: it only records what is asked; the leader carries it
 * out. Safe for use by many threads.
 */
public final class Restarts {

  /** How long a caller is kept waiting to hear whether the trigger took effect. */
  private static final Duration TRIGGER_WAIT = Duration.ofSeconds(2);

  private final RestartStore store;
  private final WorkloadGateway workloads;
  private final RestartWaiting waiting;
  private final RestartPlanner planner;
  private final Access access;
  private final Cooldown cooldown;
  private final RandomGenerator random;

  public Restarts(
      RestartStore store,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      RestartPlanner planner,
      Access access,
      Cooldown cooldown,
      RandomGenerator random) {
    this.store = store;
    this.workloads = workloads;
    this.waiting = waiting;
    this.planner = planner;
    this.access = access;
    this.cooldown = cooldown;
    this.random = random;
  }

  /**
   * Records a Restart, unless it can be told beforehand that it would not be made, and waits a
   * moment for its trigger.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us record the Restart
   * @throws Forbidden when the caller may not restart it
   */
  public StartOutcome start(StartRequest request) throws InterruptedException {
    access.require(request.caller(), request.target());
    RestartKey key = keyFor(request);
    if (request.idempotencyKey() != null) {
      Optional<AnyRestart> earlier = store.find(key);
      if (earlier.isPresent()) {
        return sameRequest(request, earlier.get());
      }
    }
    Optional<Cooldown.Cooling> cooling = cooldown.of(Set.of(request.target()));
    if (cooling.isPresent()) {
      return new StartOutcome.CoolingDown(cooling.get());
    }
    return switch (read(request)) {
      case Reading.Missing missing -> new StartOutcome.Missing(missing);
      case Reading.Found found ->
          switch (permitted(request, found)) {
            case RestartPlan.Refused refused
                when !passes(refused, request, unfinished(store, request.target(), key)) ->
                new StartOutcome.Refused(refused);
            case RestartPlan.Refused _ -> record(request, key);
            case RestartPlan.NothingToRestart _, RestartPlan.Proceed _ -> record(request, key);
          };
    };
  }

  /**
   * Whether it is only for an update that it is refused, and that update is a restart of ours. To
   * take the place of that one is no way out: it would begin the update anew.
   */
  static boolean passes(
      RestartPlan.Refused refused, StartRequest request, Stream<Restart> unfinished) {
    return request.whenBusy() != WhenBusy.Supersede
        && refused.findings().stream()
            .filter(Finding::refuses)
            .allMatch(finding -> finding.code() == Finding.Code.UpdateUnderWay)
        && unfinished.anyMatch(Restart::hasBegun);
  }

  /**
   * The plan for this request as things stand; empty when the workload can't be read. Nothing is
   * recorded.
   */
  public Optional<RestartPlan> plan(StartRequest request) {
    try {
      return read(request) instanceof Reading.Found found
          ? Optional.of(plan(request, found))
          : Optional.empty();
    } catch (ClusterUnavailable | ClusterRefused _) {
      return Optional.empty();
    }
  }

  private RestartPlan permitted(StartRequest request, Reading.Found found) {
    RestartPlan plan = plan(request, found);
    access.require(request.caller(), plan, found.state());
    return plan;
  }

  private RestartPlan plan(StartRequest request, Reading.Found found) {
    return planner.plan(
        found.state(), Surroundings.NOT_ASKED, request.strategy(), request.acceptDowntime());
  }

  /** What is evicted depends on the pods; a new revision of most kinds on the workload alone. */
  private Reading read(StartRequest request) {
    return switch (request.strategy()) {
      case NewRevision -> workloads.look(request.target());
      case RecreatePods -> workloads.glance(request.target());
      case Auto ->
          switch (request.target().kind()) {
            case Deployment, StatefulSet, DaemonSet -> workloads.look(request.target());
            case ArgoRollout -> workloads.glance(request.target());
          };
    };
  }

  private StartOutcome record(StartRequest request, RestartKey key) throws InterruptedException {
    switch (request.whenBusy()) {
      case Reject -> {
        Optional<Restart> other = unfinished(store, request.target(), key).findFirst();
        // Who asks for a later time is told then.
        if (other.isPresent() && request.notBefore() == null) {
          return new StartOutcome.Busy(other.get().key());
        }
      }
      case Join -> {
        Optional<Restart> same = toJoin(request, key);
        if (same.isPresent()) {
          return new StartOutcome.Accepted(awaitTrigger(same.get()));
        }
      }
      case Wait, Supersede -> {}
    }
    return switch (store.create(key, request.spec())) {
      case Created.New<Restart>(Restart restart) ->
          new StartOutcome.Accepted(awaitTrigger(restart));
      // The name was drawn by lot, and somebody else had drawn it.
      case Created.Present<Restart>(AnyRestart there)
          when request.idempotencyKey() == null && !isFor(request, there) ->
          record(request, keyFor(request));
      case Created.Present<Restart>(AnyRestart there) -> sameRequest(request, there);
    };
  }

  private StartOutcome sameRequest(StartRequest request, AnyRestart earlier)
      throws InterruptedException {
    return earlier instanceof Restart restart && isFor(request, restart)
        ? new StartOutcome.Accepted(awaitTrigger(restart))
        : new StartOutcome.KeyReused(earlier);
  }

  private static boolean isFor(StartRequest request, AnyRestart restart) {
    return Objects.equals(request.fingerprint(), restart.fingerprint());
  }

  private Restart awaitTrigger(Restart restart) throws InterruptedException {
    return waiting.awaitRecorded(Restart.class, restart, Restarts::isSettled, TRIGGER_WAIT);
  }

  /** Whether there is more to tell than that it is recorded. */
  private static boolean isSettled(Restart restart) {
    return restart.isTriggeredOrFinished() || restart.status().isWaiting();
  }

  /**
   * A key stands for one Restart as long as that exists. Which one a request has joined is recorded
   * nowhere, so a request with a key gets a Restart of its own.
   */
  private Optional<Restart> toJoin(StartRequest request, RestartKey key) {
    return request.idempotencyKey() == null
        ? unfinished(store, request.target(), key).filter(request::canJoin).findFirst()
        : Optional.empty();
  }

  /** The unfinished Restarts of this workload but the one with this key, in turn. */
  static Stream<Restart> unfinished(RestartStore store, WorkloadRef target, RestartKey key) {
    return UnderWay.now(store, restart -> restart.concerns(target) && !restart.key().equals(key));
  }

  private RestartKey keyFor(StartRequest request) {
    WorkloadRef target = request.target();
    return RestartNames.keyFor(
        request.caller(), target.namespace(), request.idempotencyKey(), target.name(), random);
  }
}
