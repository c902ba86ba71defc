package dev.reprise.verdict;

import static dev.reprise.verdict.Moment.ofSeveral;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The moments of a Rollout on its way to a new revision, all of which last. */
final class NewRevisionMoments {

  private static final String CHANGE =
      "{spec: {template: {metadata: {annotations: {changed: again}}}}}";

  /** Less the time of the restart, which is all that undoing one changes. */
  private static final String UNDO =
      "{spec: {template: {metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': null}}}}}";

  private NewRevisionMoments() {}

  static List<Moment<RolloutScene>> all() {
    List<Moment<RolloutScene>> all = new ArrayList<>();
    Stream.of(RolloutSetting.CANARY, RolloutSetting.BLUE_GREEN, RolloutSetting.WORKLOAD_REF)
        .forEach(setting -> all.addAll(ofAnyRollout(setting)));
    all.addAll(ofSteps());
    all.addAll(ofBlueGreen());
    all.addAll(ofStuckCanary());
    return all;
  }

  private static List<Moment<RolloutScene>> ofAnyRollout(RolloutSetting setting) {
    String text = "new revision, " + setting.text();
    return List.of(
        ofSeveral(
            text + ": not yet observed", s -> setting.prepare(s, "").later(s::makeNewRevision)),
        ofSeveral(
            text + ": a new pod not ready",
            s -> setting.prepare(s, s.trouble()).makeNewRevision().awaitNewPodNotReady()),
        ofSeveral(
            text + ": old pods terminating",
            s ->
                setting
                    .prepare(s, RolloutMoments.LINGERING)
                    .makeNewRevision()
                    .awaitOldPodsTerminating()),
        ofSeveral(
            text + ": complete",
            s -> setting.prepare(s, "").makeNewRevision().awaitComplete("Healthy")));
  }

  private static List<Moment<RolloutScene>> ofSteps() {
    return List.of(
        atItsPause("waits to be promoted", _ -> {}),
        atItsPause(
            "promoted",
            s -> s.patchStatus("{status: {promoteFull: true}}").awaitComplete("Healthy")),
        atItsPause(
            "aborted", s -> s.patchStatus("{status: {abort: true}}").awaitOldPodsAlone("Degraded")),
        atItsPause(
            "paused by its spec", s -> s.patch("{spec: {paused: true}}").awaitPhase("Paused", "")),
        atItsPause(
            "template changed again, at its own pause",
            s -> s.patch(CHANGE).awaitRevisions(3).awaitPhase("Paused", "")),
        atItsPause("template changed again, not yet observed", s -> s.later(() -> s.patch(CHANGE))),
        atItsPause("undone, rolled back", s -> s.patch(UNDO).awaitOldPodsAlone("Healthy")),
        ofSeveral(
            "new revision: pauses for a time",
            s ->
                RolloutSetting.canary("steps: [{setWeight: 50}, {pause: {duration: 2h}}]")
                    .prepare(s, "")
                    .makeNewRevision()
                    .awaitPhase("Paused", "")));
  }

  private static Moment<RolloutScene> atItsPause(String text, Consumer<RolloutScene> then) {
    return ofSeveral(
        "new revision: " + text,
        s -> {
          RolloutSetting.canary("steps: [{setWeight: 50}, {pause: {}}]")
              .prepare(s, "")
              .makeNewRevision()
              .awaitPhase("Paused", "");
          then.accept(s);
        });
  }

  private static List<Moment<RolloutScene>> ofBlueGreen() {
    return List.of(
        ofSeveral(
            "new revision, blue-green: waits to be promoted",
            s ->
                RolloutSetting.blueGreen("autoPromotionEnabled: false")
                    .prepare(s, "")
                    .makeNewRevision()
                    .awaitPhase("Paused", "")),
        ofSeveral(
            "new revision, blue-green: promoted, its old pods kept for a while",
            s ->
                RolloutSetting.blueGreen("scaleDownDelaySeconds: 7200")
                    .prepare(s, "")
                    .makeNewRevision()
                    .awaitPromoted()));
  }

  private static List<Moment<RolloutScene>> ofStuckCanary() {
    return List.of(
        stuck(
            "deadline exceeded",
            s -> s.patch("{spec: {progressDeadlineSeconds: 5}}").awaitPhase("Degraded", "")),
        stuck(
            "deadline exceeded, aborted by itself",
            s ->
                s.patch("{spec: {progressDeadlineSeconds: 5, progressDeadlineAbort: true}}")
                    .awaitOldPodsAlone("Degraded")),
        stuck("scaled to zero meanwhile", s -> s.patch("{spec: {replicas: 0}}").awaitNoPod()),
        stuck(
            "spec invalid meanwhile",
            s ->
                s.patch("{spec: {strategy: {canary: {maxUnavailable: 0, maxSurge: 0}}}}")
                    .awaitPhase("Degraded", "")),
        stuck("deleted", s -> s.later(s::delete)));
  }

  private static Moment<RolloutScene> stuck(String text, Consumer<RolloutScene> then) {
    return ofSeveral(
        "new revision: " + text,
        s -> {
          RolloutSetting.CANARY.prepare(s, s.trouble()).makeNewRevision().awaitNewPodNotReady();
          then.accept(s);
        });
  }
}
