package dev.reprise.prediction;

import dev.reprise.plan.Strategy;
import dev.reprise.workload.WorkloadKind;
import java.util.List;
import java.util.function.Consumer;

/** Argo Rollouts to be restarted. */
final class RolloutSituations {

  private static final String CANARY = "canary: {}";
  private static final String STEPS = "canary: {steps: [{setWeight: 50}, {pause: {}}]}";
  private static final String TIMED =
      "steps: [{setWeight: 20}, {pause: {duration: 2s}}, {setWeight: 60}]";
  private static final String BLUE_GREEN = blueGreen("");
  private static final String BY_HAND = blueGreen(", autoPromotionEnabled: false");
  private static final String PAUSE = "{spec: {paused: true}}";
  private static final String NO_ROOM =
      "{spec: {strategy: {canary: {maxSurge: 0, maxUnavailable: 0}}}}";
  private static final String LATER = "{spec: {restartAt: '2099-01-01T00:00:00Z'}}";

  private RolloutSituations() {}

  static List<Situation> ofRecreatePods() {
    return List.of(
        recreated("canary, 1 replica", s -> s.rollout(1, CANARY)),
        automatic("canary, 2 replicas", s -> s.rollout(2, CANARY)),
        recreated("canary, 5 replicas", s -> s.rollout(5, CANARY)),
        recreated("canary, 8 replicas: 25% are 2", s -> s.rollout(8, CANARY)),
        recreated(
            "canary, 5 replicas, maxUnavailable 2", s -> s.rollout(5, canary("maxUnavailable: 2"))),
        recreated(
            "canary, 2 replicas, maxUnavailable 0",
            s -> s.rollout(2, canary("maxUnavailable: 0, maxSurge: 1"))),
        recreated(
            "canary, 2 replicas, maxUnavailable 100%",
            s -> s.rollout(2, canary("maxUnavailable: '100%%'"))),
        recreated("canary with a manual pause, 2 replicas", s -> s.rollout(2, STEPS)),
        recreated(
            "canary, 2 replicas, minReadySeconds 2",
            s -> s.rollout(2, CANARY, "minReadySeconds: 2")),
        recreated("canary, 2 replicas, paused", s -> s.rollout(2, CANARY).patch(PAUSE, "Paused")),
        recreated("canary paused at a step, 4 replicas", s -> s.rollout(4, STEPS).update()),
        recreated(
            "canary paused at a step, 3 replicas: 2 of each", s -> s.rollout(3, STEPS).update()),
        recreated("canary aborted, 2 replicas", s -> s.rollout(2, STEPS).update().abort()),
        recreated(
            "canary, 2 replicas, a restartAt ahead",
            s -> s.rollout(2, CANARY).patch(LATER, "Progressing")),
        recreated(
            "canary, 2 replicas, its spec invalid",
            s -> s.rollout(2, CANARY).patch(NO_ROOM, "Degraded")),
        recreated("canary, no replicas", s -> s.rollout(0, CANARY)),
        recreated(
            "canary, 3 replicas, maxUnavailable 2, 1 pod not ready",
            s -> s.rollout(3, canary("maxUnavailable: 2")).unready(1)),
        recreated(
            "canary, 3 replicas, a budget that allows no eviction",
            s -> s.rollout(3, CANARY).budget("minAvailable: 3")),
        recreated(
            "canary, 3 replicas, two budgets",
            s -> s.rollout(3, CANARY).budget("maxUnavailable: 1").budget("minAvailable: 1")),
        recreated(
            "canary, 3 replicas, maxUnavailable 2, a budget of maxUnavailable 1",
            s -> s.rollout(3, canary("maxUnavailable: 2")).budget("maxUnavailable: 1")),
        automatic("blue-green, 1 replica", s -> s.rollout(1, BLUE_GREEN)),
        recreated("blue-green, 2 replicas", s -> s.rollout(2, BLUE_GREEN)),
        recreated("blue-green, 5 replicas", s -> s.rollout(5, BLUE_GREEN)),
        recreated("blue-green, 8 replicas", s -> s.rollout(8, BLUE_GREEN)),
        recreated(
            "blue-green, 5 replicas, maxUnavailable 2",
            s -> s.rollout(5, blueGreen(", maxUnavailable: 2"))),
        recreated("blue-green before promotion, 2 replicas", s -> s.rollout(2, BY_HAND).update()),
        recreated("workloadRef, 1 replica", s -> s.referring(1, 0, CANARY)),
        recreated("workloadRef, 2 replicas", s -> s.referring(2, 0, CANARY)),
        recreated(
            "workloadRef, 2 replicas, the Deployment has 2 of its own",
            s -> s.referring(2, 2, CANARY)));
  }

  /** Where Argo does not move, so that the service evicts. */
  static List<Situation> ofUnreadyPods() {
    return List.of(
        recreated("canary, 1 replica, its pod not ready", s -> s.rollout(1, CANARY).unready(1)),
        recreated("canary, 3 replicas, 1 pod not ready", s -> s.rollout(3, CANARY).unready(1)),
        recreated(
            "canary, 3 replicas, 2 pods not ready, a budget of minAvailable 2",
            s -> s.rollout(3, CANARY).unready(2).budget("minAvailable: 2")));
  }

  static List<Situation> ofNewRevision() {
    return List.of(
        updated("canary, 1 replica", s -> s.rollout(1, CANARY)),
        updated("canary, 2 replicas", s -> s.rollout(2, CANARY)),
        updated("canary, 5 replicas", s -> s.rollout(5, CANARY)),
        updated(
            "canary, 5 replicas, maxSurge 0, maxUnavailable 2",
            s -> s.rollout(5, canary("maxSurge: 0, maxUnavailable: 2"))),
        updated(
            "canary, 5 replicas, maxUnavailable 0",
            s -> s.rollout(5, canary("maxSurge: 1, maxUnavailable: 0"))),
        updated(
            "canary, 2 replicas, maxUnavailable 100%",
            s -> s.rollout(2, canary("maxUnavailable: '100%%'"))),
        updated(
            "canary, 1 replica, maxSurge 0",
            s -> s.rollout(1, canary("maxSurge: 0, maxUnavailable: 1"))),
        updated(
            "canary with steps that go on by themselves, 2 replicas",
            s -> s.rollout(2, canary(TIMED))),
        updated(
            "canary with steps that go on by themselves, 5 replicas",
            s -> s.rollout(5, canary(TIMED))),
        updated("canary with a manual pause, 2 replicas", s -> s.rollout(2, STEPS)),
        updated(
            "canary, 2 replicas, minReadySeconds 2",
            s -> s.rollout(2, CANARY, "minReadySeconds: 2")),
        updated("canary, 2 replicas, paused", s -> s.rollout(2, CANARY).patch(PAUSE, "Paused")),
        updated("canary paused at a step, 4 replicas", s -> s.rollout(4, STEPS).update()),
        updated("canary aborted, 2 replicas", s -> s.rollout(2, STEPS).update().abort()),
        updated("canary, no replicas", s -> s.rollout(0, CANARY)),
        updated("canary, 3 replicas, 1 pod not ready", s -> s.rollout(3, CANARY).unready(1)),
        updated(
            "canary, 2 replicas, a budget that allows no eviction",
            s -> s.rollout(2, CANARY).budget("minAvailable: 2")),
        updated("blue-green, 1 replica", s -> s.rollout(1, BLUE_GREEN)),
        updated("blue-green, 2 replicas", s -> s.rollout(2, BLUE_GREEN)),
        updated(
            "blue-green, 3 replicas, 1 pod not ready", s -> s.rollout(3, BLUE_GREEN).unready(1)),
        updated("blue-green promoted by hand, 2 replicas", s -> s.rollout(2, BY_HAND)),
        updated("blue-green before promotion, 2 replicas", s -> s.rollout(2, BY_HAND).update()),
        updated("workloadRef, 1 replica", s -> s.referring(1, 0, CANARY)),
        updated("workloadRef, 2 replicas", s -> s.referring(2, 0, CANARY)),
        updated("workloadRef, 2 replicas, a manual pause", s -> s.referring(2, 0, STEPS)),
        updated(
            "workloadRef, 2 replicas, the Deployment has 2 of its own",
            s -> s.referring(2, 2, CANARY)),
        updated("workloadRef to a ReplicaSet, 2 replicas", s -> s.referringToReplicaSet(2)));
  }

  /** Its old pods end soon after the switch, instead of half a minute. */
  private static String blueGreen(String more) {
    return "blueGreen: {activeService: '%s', scaleDownDelaySeconds: 2" + more + "}";
  }

  private static String canary(String fields) {
    return "canary: {" + fields + "}";
  }

  private static Situation automatic(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.ArgoRollout, Strategy.Auto, text, layout);
  }

  private static Situation updated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.ArgoRollout, Strategy.NewRevision, text, layout);
  }

  private static Situation recreated(String text, Consumer<Stage> layout) {
    return new Situation(WorkloadKind.ArgoRollout, Strategy.RecreatePods, text, layout);
  }
}
