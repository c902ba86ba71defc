package dev.reprise.verdict;

import static dev.reprise.verdict.Moment.moment;
import static dev.reprise.verdict.Moment.ofSeveral;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The moments of a Rollout's restart by {@code restartAt}, all of which last. */
final class RolloutMoments {

  static final String LINGERING = "'test.reprise.dev/terminates-after': 3600s";

  private RolloutMoments() {}

  static List<Moment<RolloutScene>> all() {
    List<Moment<RolloutScene>> all = new ArrayList<>();
    RolloutSetting.all().forEach(setting -> all.addAll(ofAnyRollout(setting)));
    all.addAll(ofOneReplica(RolloutSetting.CANARY));
    all.addAll(ofOneReplica(RolloutSetting.BLUE_GREEN));
    all.addAll(ofBlockedCanary());
    return all;
  }

  /** Argo evicts the last old pod, and with blue-green says in the same breath that it is done. */
  private static List<Moment<RolloutScene>> ofOneReplica(RolloutSetting setting) {
    return List.of(
        moment(
            setting.text() + ", one replica: its new pod not ready",
            s -> setting.prepare(s.single(), s.trouble()).restart().awaitNewPodNotReady()),
        moment(
            setting.text() + ", one replica: its old pod terminating",
            s -> setting.prepare(s.single(), LINGERING).restart().awaitOldPodsTerminating()));
  }

  private static List<Moment<RolloutScene>> ofAnyRollout(RolloutSetting setting) {
    return List.of(
        ofSeveral(
            setting.text() + ": not yet observed", s -> setting.prepare(s, "").later(s::restart)),
        ofSeveral(
            setting.text() + ": a new pod not ready",
            s -> setting.prepare(s, s.trouble()).restart().awaitNewPodNotReady()),
        ofSeveral(
            setting.text() + ": old pods terminating",
            s -> setting.prepare(s, LINGERING).restart().awaitOldPodsTerminating()),
        ofSeveral(
            setting.text() + ": complete",
            s -> setting.prepare(s, "").restart().awaitComplete(setting.phase())));
  }

  private static List<Moment<RolloutScene>> ofBlockedCanary() {
    return List.of(
        blocked("a budget allows no eviction", _ -> {}),
        ofSeveral(
            "two budgets on each pod",
            s -> {
              RolloutSetting.CANARY.prepare(s, "");
              budget(s, "one");
              budget(s, "two");
              s.restart();
            }),
        blocked(
            "restartAt removed",
            s -> s.patch("{spec: {restartAt: null}}").awaitPhase("Healthy", "")),
        blocked(
            "restartAt changed",
            s ->
                s.patch("{spec: {restartAt: '2099-01-01T00:00:00Z'}}")
                    .awaitPhase("Progressing", "")),
        blocked(
            "template changed again, rolled out",
            s ->
                s.patch("{spec: {template: {metadata: {annotations: {changed: again}}}}}")
                    .awaitState("stamped", s::isStamped)
                    .awaitPhase("Healthy", "")),
        blocked(
            "template changed again, not yet observed",
            s ->
                s.later(() ->
                    s.patch("{spec: {template: {metadata: {annotations: {changed: again}}}}}"))),
        blocked(
            "steps changed",
            s ->
                s.patch("{spec: {strategy: {canary: {steps: [{setWeight: 20}]}}}}")
                    .awaitPhase("Progressing", "restarting")),
        blocked(
            "spec invalid meanwhile",
            s ->
                s.patch("{spec: {strategy: {canary: {maxUnavailable: 0, maxSurge: 0}}}}")
                    .awaitPhase("Degraded", "")),
        blocked(
            "scaled to zero meanwhile",
            s -> s.patch("{spec: {replicas: 0}}").awaitComplete("Healthy")),
        blocked("deleted", s -> s.later(s::delete)),
        blocked("deleted and made anew", s -> s.later(s::makeAnew)));
  }

  private static Moment<RolloutScene> blocked(String text, Consumer<RolloutScene> then) {
    return ofSeveral(
        text,
        s -> {
          RolloutSetting.CANARY.prepare(s, "");
          budget(s, "all");
          s.restart().awaitPhase("Progressing", "restarting");
          then.accept(s);
        });
  }

  private static void budget(RolloutScene scene, String name) {
    scene.create(
        """
        {apiVersion: 'policy/v1', kind: PodDisruptionBudget, metadata: {name: '%1$s-%2$s'},
         spec: {minAvailable: '100%%', selector: {matchLabels: {app: '%1$s'}}}}
        """,
        scene.name(), name);
  }
}
