package dev.reprise.prediction;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadKind;
import java.util.List;
import java.util.function.Consumer;

/** DaemonSets to be restarted, each on so many nodes. */
final class DaemonSetSituations {

  private static final String ON_DELETE = "updateStrategy: {type: OnDelete}";

  private DaemonSetSituations() {}

  static List<Situation> ofNewRevision() {
    return List.of(
        updated("1 node", s -> s.create(1)),
        automatic("2 nodes", s -> s.create(2)),
        updated("5 nodes", s -> s.create(5)),
        updated("5 nodes, maxUnavailable 2", s -> s.create(5, rolling("maxUnavailable: 2"))),
        updated(
            "5 nodes, maxUnavailable 50%: rounded up",
            s -> s.create(5, rolling("maxUnavailable: '50%'"))),
        updated(
            "2 nodes, maxUnavailable 100%", s -> s.create(2, rolling("maxUnavailable: '100%'"))),
        updated("1 node, maxSurge 1", s -> s.create(1, surging("1"))),
        updated("5 nodes, maxSurge 40%", s -> s.create(5, surging("'40%'"))),
        automatic("2 nodes, OnDelete", s -> s.create(2, ON_DELETE)),
        updated("2 nodes, minReadySeconds 2", s -> s.create(2, "minReadySeconds: 2")),
        updated("1 node, its pod not ready", s -> s.create(1).unready(1)),
        updated("2 nodes, 1 pod not ready", s -> s.create(2).unready(1)),
        updated(
            "5 nodes, maxUnavailable 2, 1 pod not ready",
            s -> s.create(5, rolling("maxUnavailable: 2")).unready(1)),
        updated("2 nodes, maxSurge 1, 1 pod not ready", s -> s.create(2, surging("1")).unready(1)),
        updated(
            "2 nodes, a budget that allows no eviction",
            s -> s.create(2).budget("minAvailable: 2")),
        updated("no node", s -> s.create(0)));
  }

  static List<Situation> ofRecreatePods() {
    return List.of(
        recreated("1 node", s -> s.create(1)),
        recreated("2 nodes", s -> s.create(2)),
        recreated("5 nodes, maxUnavailable 2", s -> s.create(5, rolling("maxUnavailable: 2"))),
        recreated("2 nodes, maxSurge 1", s -> s.create(2, surging("1"))),
        recreated("2 nodes, OnDelete", s -> s.create(2, ON_DELETE)),
        recreated("2 nodes, 1 pod not ready", s -> s.create(2).unready(1)),
        recreated(
            "2 nodes, a budget that allows no eviction",
            s -> s.create(2).budget("minAvailable: 2")),
        recreated("no node", s -> s.create(0)));
  }

  private static String rolling(String fields) {
    return "updateStrategy: {rollingUpdate: {" + fields + "}}";
  }

  private static String surging(String surge) {
    return rolling("maxSurge: " + surge + ", maxUnavailable: 0");
  }

  private static Situation automatic(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.DaemonSet, Strategy.Auto, text, layout);
  }

  private static Situation updated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.DaemonSet, Strategy.NewRevision, text, layout);
  }

  private static Situation recreated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.DaemonSet, Strategy.RecreatePods, text, layout);
  }
}
