package dev.reprise.verdict;

import static dev.reprise.verdict.Behaviour.Available;
import static dev.reprise.verdict.Behaviour.Ended;
import static dev.reprise.verdict.Behaviour.JustReady;
import static dev.reprise.verdict.Behaviour.Terminating;
import static dev.reprise.verdict.Moment.moment;
import static dev.reprise.verdict.Moment.ofSeveral;

import java.util.List;

/** The moments of a DaemonSet's restart; its replicas are the nodes that it is for. */
final class DaemonSetMoments {

  private static final String SURGE =
      "updateStrategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}";

  static final List<String> LIMITS =
      List.of(
          "",
          "minReadySeconds: 60",
          "updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: '50%'}}",
          SURGE);

  private DaemonSetMoments() {}

  static List<Moment<Scene>> all() {
    return List.of(
        moment("not yet observed", s -> s.begin().restart().old(0, s.replicas(), Available)),
        moment(
            "first old pod terminating",
            s -> restarted(s).old(0, 1, Terminating).old(1, s.replicas(), Available).observe()),
        moment(
            "first new pod not ready",
            s -> restarted(s).fresh(0, 1, s.trouble()).old(1, s.replicas(), Available).observe()),
        moment(
            "surge: new pods beside the old ones",
            s ->
                s.beginWith(SURGE)
                    .restart()
                    .makeOurs()
                    .old(0, s.replicas(), Available)
                    .fresh(0, s.part(), s.trouble())
                    .observe()),
        ofSeveral(
            "midway",
            s ->
                restarted(s)
                    .fresh(0, s.part(), Available)
                    .old(s.part(), s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "midway, a node without a pod",
            s -> restarted(s).fresh(0, s.replicas() - 1, Available).observe()),
        moment("a new pod not ready", s -> renewedBut(s, s.trouble()).observe()),
        moment(
            "a new pod ready, not yet available",
            s ->
                s.beginWith("minReadySeconds: 60")
                    .restart()
                    .makeOurs()
                    .fresh(0, 1, JustReady)
                    .fresh(1, s.replicas(), Available)
                    .observe()),
        moment(
            "surge: all new pods available, old ones terminating",
            s ->
                s.beginWith(SURGE)
                    .restart()
                    .makeOurs()
                    .old(0, s.part(), Terminating)
                    .fresh(0, s.replicas(), Available)
                    .observe()),
        moment("complete", s -> renewed(s).observe()),
        moment("complete, an evicted pod left behind", s -> renewed(s).old(0, 1, Ended).observe()),
        ofSeveral(
            "fewer nodes meanwhile, old pods terminating",
            s ->
                restarted(s)
                    .scale(s.part())
                    .fresh(0, s.part(), Available)
                    .old(s.part(), s.replicas(), Terminating)
                    .observe()),
        ofSeveral(
            "fewer nodes meanwhile, old pods still running",
            s ->
                restarted(s)
                    .scale(s.part())
                    .fresh(0, s.part(), Available)
                    .old(s.part(), s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "fewer nodes meanwhile, complete",
            s -> restarted(s).scale(s.part()).fresh(0, s.part(), Available).observe()),
        moment("no node left meanwhile", s -> restarted(s).scale(0).observe()),
        moment(
            "more nodes meanwhile, pods missing",
            s -> renewed(s).scale(s.replicas() + 2).observe()),
        moment(
            "OnDelete",
            s ->
                s.beginWith("updateStrategy: {type: OnDelete}")
                    .restart()
                    .old(0, s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "OnDelete meanwhile",
            s ->
                restarted(s)
                    .patch("{spec: {updateStrategy: {type: OnDelete, rollingUpdate: null}}}")
                    .fresh(0, s.part(), Available)
                    .old(s.part(), s.replicas(), Available)
                    .observe()),
        moment(
            "template changed again, not yet observed", s -> renewed(s).observe().changeTemplate()),
        moment(
            "template changed again, under way",
            s -> renewed(s).changeTemplate().makeAnother().observe()),
        moment(
            "restart undone, rolled back",
            s -> restarted(s).undo().old(0, s.replicas(), Available).observe()),
        moment(
            "a new pod unready since it was counted",
            s -> renewed(s).observe().become(0, s.trouble())),
        moment("deleted", s -> renewed(s).observe().delete()),
        moment("deleted and made anew", s -> renewed(s).observe().makeAnew()));
  }

  private static Scene restarted(Scene s) {
    return s.begin().restart().makeOurs();
  }

  private static Scene renewed(Scene s) {
    return restarted(s).fresh(0, s.replicas(), Available);
  }

  /** All are new; one is not well. */
  private static Scene renewedBut(Scene s, Behaviour one) {
    return restarted(s).fresh(0, 1, one).fresh(1, s.replicas(), Available);
  }
}
