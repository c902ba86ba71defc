package dev.reprise.verdict;

import static dev.reprise.verdict.Behaviour.Available;
import static dev.reprise.verdict.Behaviour.JustReady;
import static dev.reprise.verdict.Behaviour.Terminating;
import static dev.reprise.verdict.Moment.moment;
import static dev.reprise.verdict.Moment.ofSeveral;

import java.util.List;

/** The moments of a StatefulSet's restart; it begins with the highest ordinal. */
final class StatefulSetMoments {

  static final List<String> LIMITS =
      List.of("", "minReadySeconds: 60", "podManagementPolicy: Parallel");

  private static final String PARTITION =
      "{spec: {updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: %d}}}}";

  private StatefulSetMoments() {}

  static List<Moment<Scene>> all() {
    return List.of(
        moment("not yet observed", s -> s.begin().restart().old(0, s.replicas(), Available)),
        moment(
            "first old pod terminating",
            s ->
                restarted(s)
                    .old(0, last(s), Available)
                    .old(last(s), s.replicas(), Terminating)
                    .observe()),
        moment(
            "first new pod not ready",
            s ->
                restarted(s)
                    .old(0, last(s), Available)
                    .fresh(last(s), s.replicas(), s.trouble())
                    .observe()),
        ofSeveral(
            "midway",
            s ->
                restarted(s)
                    .old(0, s.part(), Available)
                    .fresh(s.part(), s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "midway, an old pod not ready",
            s ->
                restarted(s)
                    .old(0, s.part(), s.trouble())
                    .fresh(s.part(), s.replicas(), Available)
                    .observe()),
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
        moment("complete", s -> renewed(s).observe()),
        ofSeveral(
            "partition: pods above it not all replaced",
            s ->
                partitioned(s)
                    .old(0, last(s), Available)
                    .old(last(s), s.replicas(), Terminating)
                    .observe()),
        ofSeveral(
            "partition: complete above it",
            s ->
                partitioned(s)
                    .old(0, s.part(), Available)
                    .fresh(s.part(), s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "partition: a pod below it not ready",
            s ->
                partitioned(s)
                    .old(0, 1, s.trouble())
                    .old(1, s.part(), Available)
                    .fresh(s.part(), s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "partition removed meanwhile",
            s ->
                partitioned(s)
                    .patch(PARTITION, 0)
                    .old(0, s.part(), Available)
                    .fresh(s.part(), s.replicas(), Available)
                    .observe()),
        moment(
            "partition leaves out all pods",
            s ->
                s.begin()
                    .patch(PARTITION, s.replicas())
                    .restart()
                    .old(0, s.replicas(), Available)
                    .observe()),
        moment(
            "partition raised over all pods meanwhile",
            s ->
                s.begin()
                    .restart()
                    .makeOurs()
                    .patch(PARTITION, s.replicas())
                    .old(0, s.replicas(), Available)
                    .observe()),
        ofSeveral(
            "partition raised over some pods meanwhile",
            s ->
                s.begin()
                    .restart()
                    .makeOurs()
                    .patch(PARTITION, s.part())
                    .old(0, s.part(), Available)
                    .fresh(s.part(), s.replicas(), Available)
                    .observe()),
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
                    .old(0, s.part(), Available)
                    .fresh(s.part(), s.replicas(), Available)
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
        moment("scaled to zero meanwhile", s -> restarted(s).scale(0).observe()),
        ofSeveral(
            "scaled down meanwhile, old pods terminating",
            s ->
                restarted(s)
                    .scale(s.part())
                    .fresh(0, s.part(), Available)
                    .old(s.part(), s.replicas(), Terminating)
                    .observe()),
        ofSeveral(
            "scaled down meanwhile, a new pod unready",
            s -> renewedBut(s, s.trouble()).scale(last(s)).observe()),
        moment(
            "scaled up meanwhile, pods missing", s -> renewed(s).scale(s.replicas() + 2).observe()),
        moment("deleted", s -> renewed(s).observe().delete()),
        moment("deleted and made anew", s -> renewed(s).observe().makeAnew()));
  }

  private static Scene restarted(Scene s) {
    return s.begin().restart().makeOurs();
  }

  private static Scene partitioned(Scene s) {
    return s.begin().patch(PARTITION, s.part()).restart().makeOurs();
  }

  private static Scene renewed(Scene s) {
    return restarted(s).fresh(0, s.replicas(), Available);
  }

  /** All are new; the lowest, the last to be replaced, is not well. */
  private static Scene renewedBut(Scene s, Behaviour lowest) {
    return restarted(s).fresh(0, 1, lowest).fresh(1, s.replicas(), Available);
  }

  private static int last(Scene s) {
    return s.replicas() - 1;
  }
}
