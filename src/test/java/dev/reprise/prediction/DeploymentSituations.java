package dev.reprise.prediction;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadKind;
import java.util.List;
import java.util.function.Consumer;

/** Deployments to be restarted. */
final class DeploymentSituations {

  private static final String RECREATE = "strategy: {type: Recreate}";
  private static final String PAUSE = "{spec: {paused: true}}";

  private DeploymentSituations() {}

  static List<Situation> ofNewRevision() {
    return List.of(
        automatic("1 replica", s -> s.create(1)),
        updated("2 replicas", s -> s.create(2)),
        updated("5 replicas", s -> s.create(5)),
        updated("1 replica, maxSurge 0", s -> s.create(1, rolling("0", "1"))),
        updated("2 replicas, maxSurge 0", s -> s.create(2, rolling("0", "1"))),
        updated("5 replicas, maxSurge 0, maxUnavailable 2", s -> s.create(5, rolling("0", "2"))),
        updated(
            "5 replicas, maxSurge 0, maxUnavailable 10%: both come to 0",
            s -> s.create(5, rolling("0", "'10%'"))),
        updated("5 replicas, maxSurge 1, maxUnavailable 1", s -> s.create(5, rolling("1", "1"))),
        updated("2 replicas, maxUnavailable 100%", s -> s.create(2, rolling("1", "'100%'"))),
        updated(
            "2 replicas, maxSurge 100%, maxUnavailable 0",
            s -> s.create(2, rolling("'100%'", "0"))),
        updated("1 replica, Recreate", s -> s.create(1, RECREATE)),
        automatic("2 replicas, Recreate", s -> s.create(2, RECREATE)),
        updated("2 replicas, minReadySeconds 2", s -> s.create(2, "minReadySeconds: 2")),
        updated(
            "5 replicas, minReadySeconds 2, maxSurge 0, maxUnavailable 2",
            s -> s.create(5, "minReadySeconds: 2", rolling("0", "2"))),
        updated("1 replica, its pod not ready", s -> s.create(1).unready(1)),
        updated("3 replicas, 1 pod not ready", s -> s.create(3).unready(1)),
        updated(
            "5 replicas, maxSurge 0, maxUnavailable 2, 1 pod not ready",
            s -> s.create(5, rolling("0", "2")).unready(1)),
        updated(
            "2 replicas, a budget that allows no eviction",
            s -> s.create(2).budget("minAvailable: 2")),
        updated("2 replicas, paused", s -> s.create(2).patch(PAUSE, "")),
        automatic("no replicas", s -> s.create(0)),
        automatic("a Rollout of 2 replicas refers to it", s -> s.referring(2, 0, "canary: {}")),
        updated(
            "a Rollout of 1 replica with a manual pause refers to it",
            s -> s.referring(1, 0, "canary: {steps: [{setWeight: 50}, {pause: {}}]}")));
  }

  static List<Situation> ofRecreatePods() {
    return List.of(
        recreated("1 replica", s -> s.create(1)),
        recreated("2 replicas", s -> s.create(2)),
        recreated("5 replicas", s -> s.create(5)),
        recreated("5 replicas, maxSurge 0, maxUnavailable 2", s -> s.create(5, rolling("0", "2"))),
        recreated("2 replicas, maxUnavailable 100%", s -> s.create(2, rolling("1", "'100%'"))),
        recreated("2 replicas, Recreate", s -> s.create(2, RECREATE)),
        recreated("2 replicas, minReadySeconds 2", s -> s.create(2, "minReadySeconds: 2")),
        recreated("1 replica, its pod not ready", s -> s.create(1).unready(1)),
        recreated("3 replicas, 1 pod not ready", s -> s.create(3).unready(1)),
        recreated(
            "5 replicas, maxUnavailable 2, a budget of maxUnavailable 1",
            s -> s.create(5, rolling("0", "2")).budget("maxUnavailable: 1")),
        recreated(
            "2 replicas, a budget that allows no eviction",
            s -> s.create(2).budget("minAvailable: 2")),
        recreated(
            "3 replicas, 1 pod not ready, a budget of minAvailable 2",
            s -> s.create(3).unready(1).budget("minAvailable: 2")),
        recreated(
            "3 replicas, 1 pod not ready, a budget of minAvailable 2 that always allows those",
            s ->
                s.create(3)
                    .unready(1)
                    .budget("minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow")),
        recreated(
            "2 replicas, two budgets",
            s -> s.create(2).budget("maxUnavailable: 1").budget("minAvailable: 1")),
        recreated("2 replicas, paused", s -> s.create(2).patch(PAUSE, "")),
        recreated("no replicas", s -> s.create(0)),
        recreated("a Rollout of 2 replicas refers to it", s -> s.referring(2, 0, "canary: {}")));
  }

  private static String rolling(String surge, String unavailable) {
    return "strategy: {rollingUpdate: {maxSurge: %s, maxUnavailable: %s}}"
        .formatted(surge, unavailable);
  }

  private static Situation automatic(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.Deployment, Strategy.Auto, text, layout);
  }

  private static Situation updated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.Deployment, Strategy.NewRevision, text, layout);
  }

  private static Situation recreated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.Deployment, Strategy.RecreatePods, text, layout);
  }
}
