package dev.reprise.restart;

import dev.reprise.plan.RestartPlan;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.plan.Surroundings;
import dev.reprise.restart.RestartStore.Created;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

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
  private final RandomGenerator random;

  public Restarts(
      RestartStore store,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      RestartPlanner planner,
      RandomGenerator random) {
    this.store = store;
    this.workloads = workloads;
    this.waiting = waiting;
    this.planner = planner;
    this.random = random;
  }

  /**
   * Records a Restart, unless it can be told beforehand that it would not be made, and waits a
   * moment for its trigger.
   *
   * @throws ClusterUnavailable when the API server does not answer
   * @throws ClusterRefused when it does not let us record the Restart
   */
  public StartOutcome start(StartRequest request) throws InterruptedException {
    RestartKey key = keyFor(request);
    if (request.idempotencyKey() != null) {
      Optional<Restart> earlier = store.find(key);
      if (earlier.isPresent()) {
        return sameRequest(request, earlier.get());
      }
    }
    return switch (read(request)) {
      case Reading.NoSuchNamespace() -> new StartOutcome.NoSuchNamespace();
      case Reading.NoSuchWorkload() -> new StartOutcome.NoSuchWorkload();
      case Reading.NotCovered() -> new StartOutcome.NotCovered();
      case Reading.NoSuchKind() -> new StartOutcome.NoSuchKind();
      case Reading.Found found ->
          switch (planner.plan(
              found.state(),
              Surroundings.NOT_ASKED,
              request.strategy(),
              request.acceptDowntime())) {
            case RestartPlan.Refused refused -> new StartOutcome.Refused(refused);
            case RestartPlan.NothingToRestart _, RestartPlan.Proceed _ -> record(request, key);
          };
    };
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
    Optional<Restart> other = underWay(request.target(), key);
    if (other.isPresent()) {
      return switch (request.whenBusy()) {
        case Reject -> new StartOutcome.Busy(other.get().key());
      };
    }
    Created created = store.create(key, request.spec());
    if (created.isNew()) {
      return new StartOutcome.Accepted(awaitTrigger(created.restart()));
    }
    boolean isSomeoneElses = request.idempotencyKey() == null && !isFor(request, created.restart());
    return isSomeoneElses
        ? record(request, keyFor(request))
        : sameRequest(request, created.restart());
  }

  private StartOutcome sameRequest(StartRequest request, Restart earlier)
      throws InterruptedException {
    return isFor(request, earlier)
        ? new StartOutcome.Accepted(awaitTrigger(earlier))
        : new StartOutcome.KeyReused(earlier);
  }

  private static boolean isFor(StartRequest request, Restart restart) {
    return Objects.equals(request.fingerprint(), restart.spec().fingerprint());
  }

  /** It is recorded by now, so whatever goes wrong here must not sound as if it were not. */
  private Restart awaitTrigger(Restart restart) throws InterruptedException {
    try {
      return waiting
          .await(restart.key(), Restart::isTriggeredOrFinished, TRIGGER_WAIT)
          .orElse(restart);
    } catch (ClusterUnavailable | ClusterRefused _) {
      return restart;
    }
  }

  /**
   * An unfinished Restart of this workload other than the one with this key. Another replica may
   * have told the caller already that it has ended, so the cache alone is not believed.
   */
  private Optional<Restart> underWay(WorkloadRef target, RestartKey key) {
    return store.all().stream()
        .filter(restart -> !restart.isFinished())
        .filter(restart -> restart.concerns(target))
        .filter(restart -> !restart.key().equals(key))
        .filter(
            restart -> store.readLive(restart.key()).filter(now -> !now.isFinished()).isPresent())
        .findFirst();
  }

  private RestartKey keyFor(StartRequest request) {
    String namespace = request.target().namespace();
    String idempotencyKey = request.idempotencyKey();
    return new RestartKey(
        namespace,
        idempotencyKey == null
            ? RestartNames.readable(request.target().name(), random)
            : RestartNames.ofKey(request.caller().user(), namespace, idempotencyKey));
  }
}
