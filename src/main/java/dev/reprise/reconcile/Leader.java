package dev.reprise.reconcile;

import dev.reprise.plan.RestartPlanner;
import dev.reprise.restart.Access;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.PermittedGroups;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.RestartWaiting;
import dev.reprise.restart.WorkloadGateway;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out Restarts while this replica leads. Begins with whatever is unfinished, so that it
 * takes up what an earlier leader left at any point.
 */
public final class Leader implements Leadership.Work {

  private final RestartStore store;
  private final WorkloadGateway workloads;
  private final Leadership leadership;
  private final GroupStore groups;
  private final RestartPlanner planner;
  private final PermittedGroups permitted;
  private final Access access;
  private final Limits limits;
  private final Keeping keeping;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final RestartWaiting waiting;
  private @Nullable Term term;

  /**
   * @param clock the API server's time
   * @param nanoTime monotonic, in nanoseconds
   * @param waiting who is told that a trigger has landed
   */
  public Leader(
      RestartStore store,
      GroupStore groups,
      WorkloadGateway workloads,
      Leadership leadership,
      RestartPlanner planner,
      PermittedGroups permitted,
      Access access,
      Limits limits,
      Keeping keeping,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      RestartWaiting waiting) {
    this.store = store;
    this.groups = groups;
    this.limits = limits;
    this.keeping = keeping;
    this.workloads = workloads;
    this.leadership = leadership;
    this.planner = planner;
    this.permitted = permitted;
    this.access = access;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.random = random;
    this.waiting = waiting;
  }

  @Override
  public synchronized void start() {
    stop();
    term = new Term();
  }

  @Override
  public synchronized void stop() {
    Term ended = term;
    term = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** The time from gaining leadership to losing it; nothing of it outlives it. */
  private final class Term {

    private final WorkQueue queue = new WorkQueue(this::reconcile);
    private final Pursued pursued = new Pursued(workloads, queue::add, nanoTime);
    private final RecordedMembers recorded = new RecordedMembers(store, groups);
    private final Turns turns = new Turns(store, recorded);
    private final Claims claims = new Claims(store, recorded, turns);
    private final Places places = new Places(store, recorded, limits);
    private final Reconciler reconciler = reconciler();
    private final GroupReconciler groupReconciler = groupReconciler();
    private final Clearing clearing = new Clearing(store, keeping, leadership, clock);
    private final RestartStore.Listening listening;

    Term() {
      listening = store.listen(this::changed);
      places.begin();
      store.unfinished().stream().map(Restart::key).forEach(queue::add);
      groups.groups().stream()
          .filter(group -> !group.isFinished())
          .map(RestartGroup::key)
          .forEach(queue::add);
      clearing.start();
    }

    private void changed(RestartKey key) {
      queue.add(key);
      turns.wokenBy(key).forEach(queue::add);
      places.wokenBy(key).forEach(queue::add);
      store.cachedOne(key).flatMap(Restart::groupKey).ifPresent(queue::add);
    }

    private Step.Rest reconcile(RestartKey key) {
      return switch (store.cached(key).orElse(null)) {
        case RestartGroup group -> groupReconciler.reconcile(group);
        case Restart _ -> reconciler.reconcile(key);
        case null -> reconciler.reconcile(key);
      };
    }

    private GroupReconciler groupReconciler() {
      GroupWriter writer = new GroupWriter(groups, clock);
      return new GroupReconciler(
          store,
          leadership,
          new GroupBeginning(
              store,
              workloads,
              permitted,
              new GroupTriggering(workloads, claims, places, recorded, leadership),
              writer),
          new GroupPursuit(store, new MemberStarts(store, groups, leadership), writer, nanoTime));
    }

    private Reconciler reconciler() {
      StatusWriter writer = new StatusWriter(store, clock);
      Expiry expiry = new Expiry(workloads, writer, clock);
      Evicting evicting = new Evicting(workloads, new EarlierEvictions(store), writer, leadership);
      Pursuit pursuit = new Pursuit(workloads, claims, writer, evicting, expiry);
      return new Reconciler(
          store,
          leadership,
          new Beginning(workloads, recorded, turns, places, claims, planner, access, writer),
          new Triggering(workloads, claims, planner, writer, expiry, random, waiting::tell),
          pursuit,
          new Cancelling(workloads, pursuit, writer, expiry),
          pursued);
    }

    private void close() {
      listening.close();
      clearing.close();
      queue.close();
      pursued.dropAll();
    }
  }
}
