package dev.reprise.prediction;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadKind;
import java.util.List;
import java.util.function.Consumer;

/** StatefulSets to be restarted. */
final class StatefulSetSituations {

  private static final String ON_DELETE = "updateStrategy: {type: OnDelete}";
  private static final String PARALLEL = "podManagementPolicy: Parallel";

  private StatefulSetSituations() {}

  static List<Situation> ofNewRevision() {
    return List.of(
        updated("1 replica", s -> s.create(1)),
        automatic("2 replicas", s -> s.create(2)),
        updated("5 replicas", s -> s.create(5, PARALLEL)),
        updated("3 replicas, maxUnavailable 2", s -> s.create(3, rolling("maxUnavailable: 2"))),
        updated(
            "5 replicas, Parallel, maxUnavailable 2",
            s -> s.create(5, PARALLEL, rolling("maxUnavailable: 2"))),
        updated(
            "2 replicas, maxUnavailable 100%", s -> s.create(2, rolling("maxUnavailable: '100%'"))),
        updated(
            "5 replicas, Parallel, maxUnavailable 10%: at least 1",
            s -> s.create(5, PARALLEL, rolling("maxUnavailable: '10%'"))),
        updated("3 replicas, partition 2", s -> s.create(3, rolling("partition: 2"))),
        updated(
            "3 replicas, partition 2, maxUnavailable 2",
            s -> s.create(3, rolling("partition: 2, maxUnavailable: 2"))),
        updated("2 replicas, partition 2", s -> s.create(2, rolling("partition: 2"))),
        automatic("2 replicas, OnDelete", s -> s.create(2, ON_DELETE)),
        updated("2 replicas, minReadySeconds 2", s -> s.create(2, "minReadySeconds: 2")),
        updated("1 replica, its pod not ready", s -> s.create(1).unready(1)),
        updated("3 replicas, pod 0 not ready", s -> s.create(3).unready(1)),
        updated(
            "3 replicas, partition 1, pod 0 not ready",
            s -> s.create(3, rolling("partition: 1")).unready(1)),
        updated("3 replicas, Parallel, pod 0 not ready", s -> s.create(3, PARALLEL).unready(1)),
        updated(
            "3 replicas, Parallel, partition 1, pod 0 not ready",
            s -> s.create(3, PARALLEL, rolling("partition: 1")).unready(1)),
        updated(
            "2 replicas, a budget that allows no eviction",
            s -> s.create(2).budget("minAvailable: 2")),
        updated("no replicas", s -> s.create(0)));
  }

  static List<Situation> ofRecreatePods() {
    return List.of(
        recreated("1 replica", s -> s.create(1)),
        recreated("2 replicas", s -> s.create(2)),
        recreated("3 replicas, maxUnavailable 2", s -> s.create(3, rolling("maxUnavailable: 2"))),
        recreated("3 replicas, partition 2", s -> s.create(3, rolling("partition: 2"))),
        recreated("2 replicas, OnDelete", s -> s.create(2, ON_DELETE)),
        recreated("3 replicas, pod 0 not ready", s -> s.create(3).unready(1)),
        recreated("3 replicas, Parallel, pod 0 not ready", s -> s.create(3, PARALLEL).unready(1)),
        recreated(
            "2 replicas, a budget that allows no eviction",
            s -> s.create(2).budget("minAvailable: 2")),
        recreated("no replicas", s -> s.create(0)));
  }

  private static String rolling(String fields) {
    return "updateStrategy: {rollingUpdate: {" + fields + "}}";
  }

  private static Situation automatic(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.StatefulSet, Strategy.Auto, text, layout);
  }

  private static Situation updated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.StatefulSet, Strategy.NewRevision, text, layout);
  }

  private static Situation recreated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.StatefulSet, Strategy.RecreatePods, text, layout);
  }
}
