package dev.reprise.verdict;

import static dev.reprise.verdict.Behaviour.Available;
import static dev.reprise.verdict.Behaviour.Ended;
import static dev.reprise.verdict.Behaviour.JustReady;
import static dev.reprise.verdict.Behaviour.Terminating;
import static dev.reprise.verdict.Moment.moment;
import static dev.reprise.verdict.Moment.ofSeveral;

import java.util.List;

/** The moments of a Deployment's restart. */
final class DeploymentMoments {

  static final List<String> LIMITS =
      List.of(
          "",
          "minReadySeconds: 60",
          "strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}",
          "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}",
          "strategy: {rollingUpdate: {maxSurge: '50%', maxUnavailable: '50%'}}");

  private DeploymentMoments() {}

  static List<Moment<Scene>> all() {
    return List.of(
        moment("not yet observed", s -> s.begin().restart().old(0, s.replicas(), Available)),
        moment(
            "paused before the first new pod",
            s ->
                s.begin()
                    .restart()
                    .patch("{spec: {paused: true}}")
                    .old(0, s.replicas(), Available)
                    .observe()),
        moment(
            "first new pod not ready",
            s -> restarted(s).old(0, s.replicas(), Available).fresh(0, 1, s.trouble()).observe()),
        ofSeveral("midway", s -> midway(s).observe()),
        ofSeveral(
            "paused midway", s -> midway(s).observe().patch("{spec: {paused: true}}").observe()),
        moment("old pods still running", s -> renewed(s).old(0, 1, Available).observe()),
        moment(
            "a new pod not ready",
            s ->
                restarted(s)
                    .fresh(0, s.replicas() - 1, Available)
                    .fresh(s.replicas() - 1, s.replicas(), s.trouble())
                    .observe()),
        moment(
            "a new pod ready, not yet available",
            s ->
                s.beginWith("minReadySeconds: 60")
                    .restart()
                    .makeOurs()
                    .fresh(0, s.replicas() - 1, Available)
                    .fresh(s.replicas() - 1, s.replicas(), JustReady)
                    .observe()),
        moment("old pods terminating", s -> renewed(s).old(0, s.part(), Terminating).observe()),
        moment(
            "old pods terminating, their ReplicaSet removed",
            s -> renewed(s).old(0, s.part(), Terminating).removeFormer().observe()),
        moment(
            "Recreate: old pods terminating",
            s ->
                s.beginWith("strategy: {type: Recreate}")
                    .restart()
                    .makeOurs()
                    .old(0, s.replicas(), Terminating)
                    .observe()),
        moment("complete", s -> renewed(s).observe()),
        moment("complete, an evicted pod left behind", s -> renewed(s).old(0, 1, Ended).observe()),
        moment(
            "deadline exceeded",
            s ->
                restarted(s)
                    .old(0, s.replicas(), Available)
                    .fresh(0, 1, s.trouble())
                    .observe()
                    .exceedDeadline()),
        moment(
            "deadline of an earlier rollout exceeded, not yet observed",
            s -> s.begin().exceedDeadline().restart().old(0, s.replicas(), Available)),
        moment(
            "template changed again, not yet observed", s -> renewed(s).observe().changeTemplate()),
        moment(
            "template changed again, under way",
            s -> renewed(s).changeTemplate().makeAnother().observe()),
        moment("restart undone, not yet rolled back", s -> renewed(s).undo().observe()),
        moment(
            "restart undone, rolled back",
            s -> restarted(s).undo().old(0, s.replicas(), Available).observe()),
        moment(
            "an old pod that the status does not count",
            s -> renewed(s).observe().old(0, 1, Available)),
        moment(
            "old pods gone that the status still counts",
            s -> renewed(s).observeStillCounting(s.part())),
        moment(
            "a new pod unready since it was counted",
            s -> renewed(s).observe().become(0, s.trouble())),
        moment("scaled to zero meanwhile", s -> restarted(s).scale(0).observe()),
        moment(
            "scaled to zero meanwhile, old pods terminating",
            s -> restarted(s).scale(0).old(0, s.part(), Terminating).observe()),
        moment(
            "scaled up meanwhile, not yet observed",
            s -> renewed(s).observe().scale(s.replicas() + 2)),
        moment(
            "scaled up meanwhile, pods missing", s -> renewed(s).scale(s.replicas() + 2).observe()),
        moment("deleted", s -> renewed(s).observe().delete()),
        moment("deleted and made anew", s -> renewed(s).observe().makeAnew()));
  }

  private static Scene restarted(Scene s) {
    return s.begin().restart().makeOurs();
  }

  private static Scene midway(Scene s) {
    return restarted(s).old(0, s.replicas() - s.part(), Available).fresh(0, s.part(), Available);
  }

  private static Scene renewed(Scene s) {
    return restarted(s).fresh(0, s.replicas(), Available);
  }
}
