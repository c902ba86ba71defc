package dev.reprise.reconcile;

import dev.reprise.plan.GroupPlanner;
import dev.reprise.restart.Access;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeReviews;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.PermittedGroups;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import dev.reprise.restart.Writes;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.Trigger;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;

/** A fake cluster with replicas of ours that work on it, on this thread alone. */
final class World {

  final HandClock clock = new HandClock();
  final Writes writes = new Writes();
  final FakeRestarts store = new FakeRestarts(clock, writes);
  final FakeWorkloads workloads = new FakeWorkloads(clock, writes);
  final FakeReviews reviews = new FakeReviews();
  final Access access = Samples.access(reviews, clock::nanoTime);
  final PermittedGroups permitted = new PermittedGroups(new GroupPlanner(Samples.PLANNER), access);
  final Limits limits = new Limits(100, 500);

  World() {
    workloads.put(Samples.deployment(3));
    workloads.put(Samples.rollout(3));
  }

  Restart pending(String name, WorkloadRef target) {
    return pending(name, Samples.spec(target));
  }

  Restart pending(String name, RestartSpec spec) {
    return store.put(Samples.key(name), spec, RestartStatus.NEW);
  }

  Restart pending(String name, WorkloadRef target, WhenBusy whenBusy) {
    return pending(name, Samples.spec(target, whenBusy));
  }

  /** One that was begun a moment ago and whose trigger may or may not have been written. */
  Restart begun(String name, WorkloadRef target) {
    return begun(name, Samples.spec(target), clock.instant());
  }

  Restart begun(String name, RestartSpec spec, Instant at) {
    return store.put(
        Samples.key(name), spec, RestartStatus.NEW.begun(trigger(spec.target(), at), at));
  }

  Trigger trigger(WorkloadRef target, Instant value) {
    return new Trigger(
        switch (target.kind()) {
          case Deployment, StatefulSet, DaemonSet -> Mechanism.TemplateAnnotation;
          case ArgoRollout -> Mechanism.RestartAt;
        },
        value,
        target,
        "uid-" + target.name(),
        1,
        null,
        switch (target.kind()) {
          case Deployment, StatefulSet, DaemonSet -> "first";
          case ArgoRollout -> "";
        },
        1);
  }

  /** The controllers do what the workload's spec asks for. */
  void rollOut(WorkloadRef ref) {
    clock.pass(Duration.ofSeconds(1));
    workloads.change(ref, Samples::rolledOut);
  }

  /** The pods on their way out have gone, and others have come in their place. */
  void replacePods(WorkloadRef ref) {
    clock.pass(Duration.ofSeconds(1));
    workloads.change(ref, state -> Samples.recreated(state, clock.instant()));
  }

  Replica replica() {
    return new Replica(this);
  }

  /** What leads a group, by a leader that remembers these members and has this lead. */
  GroupReconciler groupReconciler(RecordedMembers recorded, Limits itsLimits, Lead lead) {
    GroupWriter writer = new GroupWriter(store, clock);
    Claims claims = new Claims(store, recorded, new Turns(store, recorded));
    Places places = new Places(store, recorded, itsLimits);
    return new GroupReconciler(
        store,
        lead,
        new GroupBeginning(
            store,
            workloads,
            permitted,
            new GroupTriggering(workloads, claims, places, recorded, lead),
            writer),
        new GroupPursuit(store, new MemberStarts(store, store, lead), writer, clock::nanoTime));
  }

  Restart live(Restart restart) {
    return store.live(restart.key());
  }
}
