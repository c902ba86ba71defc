package dev.reprise.plan;

import dev.reprise.plan.RestartPlan.Alternative;
import dev.reprise.plan.RestartPlan.NothingToRestart;
import dev.reprise.plan.RestartPlan.Proceed;
import dev.reprise.plan.RestartPlan.Refused;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.References;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Chooses how a workload is restarted and foretells what that costs. Keeps nothing. */
public final class RestartPlanner {

  private final CertainDowntime certainDowntime;

  public RestartPlanner(CertainDowntime certainDowntime) {
    this.certainDowntime = certainDowntime;
  }

  /**
   * The plan for a workload as it stands.
   *
   * @param state revisions and pods may be left out, which leaves out what they tell
   * @param around {@link Surroundings#NOT_ASKED} where only the choice matters
   * @param acceptDowntime whether the caller puts up with nothing being available for a while
   */
  public RestartPlan plan(
      WorkloadState state, Surroundings around, Strategy strategy, boolean acceptDowntime) {
    Workload workload = new Workload(state, around);
    return switch (workload.choose(strategy, acceptDowntime)) {
      case Proceed proceed -> proceed;
      case NothingToRestart nothing -> nothing;
      case Refused refused ->
          new Refused(refused.findings(), workload.alternatives(strategy, acceptDowntime));
    };
  }

  /**
   * Whether a mechanism chosen before can still be used.
   *
   * @param state of the workload whose pods restart
   */
  public RestartPlan check(WorkloadState state, Mechanism mechanism, boolean acceptDowntime) {
    return new Workload(state, Surroundings.NOT_ASKED)
        .by(mechanism, "Chosen when the restart began", acceptDowntime);
  }

  /**
   * The workloads whose pods are made from this one's template: itself, or the Rollouts that take
   * it from this Deployment.
   */
  static List<WorkloadRef> ownersOfPods(WorkloadState state) {
    return state.workload() instanceof DeploymentSnapshot deployment
            && areRolloutsPods(deployment, state.references())
        ? state.references().referring().stream().map(WorkloadSnapshot::ref).toList()
        : List.of(state.workload().ref());
  }

  /** Unless Rollouts only begin to refer to it, and all pods are still its own. */
  private static boolean areRolloutsPods(DeploymentSnapshot deployment, References references) {
    List<ArgoRolloutSnapshot> referring = references.referring();
    return !referring.isEmpty()
        && (deployment.desired() == 0
            || referring.stream().anyMatch(rollout -> rollout.desired() > 0));
  }

  /** One workload, and all that a plan for it is made of. */
  private final class Workload {

    private final WorkloadState state;
    private final Surroundings around;

    Workload(WorkloadState state, Surroundings around) {
      this.state = state;
      this.around = around;
    }

    /** The one place where a mechanism is chosen. */
    RestartPlan choose(Strategy strategy, boolean acceptDowntime) {
      return switch (state.workload()) {
        case DeploymentSnapshot deployment when areRolloutsPods(deployment, state.references()) ->
            switch (strategy) {
              case Auto, NewRevision -> ofReferring(deployment, acceptDowntime);
              case RecreatePods ->
                  new Refused(
                      List.of(
                          ReferenceFindings.referredToByRollout(
                              deployment, state.references().referring())));
            };
        case DeploymentSnapshot _, StatefulSetSnapshot _, DaemonSetSnapshot _ ->
            switch (strategy) {
              case Auto ->
                  by(
                      Mechanism.TemplateAnnotation,
                      "A new revision is what kubectl rollout restart makes",
                      acceptDowntime);
              case NewRevision ->
                  by(Mechanism.TemplateAnnotation, "A new revision was asked for", acceptDowntime);
              case RecreatePods ->
                  by(
                      Mechanism.Eviction,
                      "New pods of the same revision were asked for, and its controller has no"
                          + " means of its own",
                      acceptDowntime);
            };
        case ArgoRolloutSnapshot rollout ->
            switch (strategy) {
              case Auto -> auto(rollout, acceptDowntime);
              case NewRevision ->
                  newRevision(rollout, "A new revision was asked for", acceptDowntime);
              case RecreatePods ->
                  recreatePods(
                      rollout, "New pods of the same revision were asked for", acceptDowntime);
            };
      };
    }

    /**
     * As Argo's own command does it, unless that is an outage or can't come to its end, and a new
     * revision does without either and without a person.
     */
    private RestartPlan auto(ArgoRolloutSnapshot rollout, boolean acceptDowntime) {
      RestartPlan recreate =
          recreatePods(
              rollout, "New pods of the same revision are what Argo's restart makes", false);
      if (isSmooth(recreate)) {
        return recreate;
      }
      RestartPlan instead =
          newRevision(
              rollout,
              "A new revision, since recreating the pods of this one is an outage or can't end",
              false);
      if (isSmooth(instead)) {
        return instead;
      }
      return recreatePods(
          rollout, "New pods of the same revision are what Argo's restart makes", acceptDowntime);
    }

    private static boolean isSmooth(RestartPlan plan) {
      return switch (plan) {
        case Proceed proceed ->
            proceed.obstacle().isEmpty() && !proceed.disruption().isPossibleOutage();
        case NothingToRestart _ -> true;
        case Refused _ -> false;
      };
    }

    private RestartPlan newRevision(
        ArgoRolloutSnapshot rollout, String why, boolean acceptDowntime) {
      return by(
          rollout.reference() == null
              ? Mechanism.TemplateAnnotation
              : Mechanism.ReferencedTemplateAnnotation,
          why,
          acceptDowntime);
    }

    /** By Argo, unless it would wait for a pod that is not ready. */
    private RestartPlan recreatePods(
        ArgoRolloutSnapshot rollout, String why, boolean acceptDowntime) {
      return state.canArgoEvict(rollout)
          ? by(Mechanism.RestartAt, why, acceptDowntime)
          : by(
              Mechanism.Eviction,
              why
                  + "; by evictions of our own, since restartAt can't move while pods are not ready",
              acceptDowntime);
    }

    /** The pods are the Rollout's, and what was asked for its Deployment happens to it. */
    private RestartPlan ofReferring(DeploymentSnapshot deployment, boolean acceptDowntime) {
      List<ArgoRolloutSnapshot> referring =
          state.references().referring().stream()
              .sorted(Comparator.comparing(rollout -> rollout.desired() == 0))
              .toList();
      WorkloadState ofRollout =
          new WorkloadState(
              referring.getFirst(),
              List.of(),
              List.of(),
              List.of(),
              new References(deployment, referring.subList(1, referring.size())));
      RestartPlan plan =
          new Workload(ofRollout, around)
              .by(
                  Mechanism.ReferencedTemplateAnnotation,
                  "The Deployment is the pod template of an Argo Rollout",
                  acceptDowntime);
      Finding follows = ReferenceFindings.followsRollout(deployment, referring);
      return switch (plan) {
        case Proceed(var mechanism, var workload, var why, var disruption, var findings) ->
            new Proceed(mechanism, workload, why, disruption, with(follows, findings));
        case Refused(var findings, _) -> new Refused(with(follows, findings));
        case NothingToRestart nothing -> nothing;
      };
    }

    private static List<Finding> with(Finding first, List<Finding> others) {
      return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private RestartPlan by(Mechanism mechanism, String why, boolean acceptDowntime) {
      WorkloadSnapshot workload = state.workload();
      if (workload.metadata().deleting()) {
        return new Refused(List.of(Findings.beingDeleted(workload)));
      }
      if (workload.desired() == 0 && isDesiredKnown(workload)) {
        return new NothingToRestart(nothingThere(workload));
      }
      Disruption disruption = Disruption.of(mechanism, state);
      List<Finding> findings = new ArrayList<>(Findings.of(mechanism, state, disruption, around));
      // What can't be done at all needs no word on what it would cost.
      if (findings.stream().noneMatch(Finding::refuses)) {
        DowntimeFindings.of(workload, mechanism, disruption, isAccepted(acceptDowntime))
            .ifPresent(finding -> findings.add(0, finding));
      }
      return findings.stream().anyMatch(Finding::refuses)
          ? new Refused(findings)
          : new Proceed(mechanism, workload.ref(), why, disruption, findings);
    }

    private boolean isAccepted(boolean acceptDowntime) {
      return switch (certainDowntime) {
        case Refuse -> acceptDowntime;
        case Warn -> true;
      };
    }

    /** What else could be asked for; downtime is offered only for what was asked. */
    List<Alternative> alternatives(Strategy asked, boolean acceptDowntime) {
      List<Alternative> alternatives = new ArrayList<>();
      for (Strategy other : List.of(Strategy.NewRevision, Strategy.RecreatePods)) {
        if (choose(other, false) instanceof Proceed proceed) {
          alternatives.add(new Alternative(other, false, proceed));
        }
      }
      if (!acceptDowntime && choose(asked, true) instanceof Proceed proceed) {
        alternatives.add(new Alternative(asked, true, proceed));
      }
      return alternatives;
    }
  }

  /** A DaemonSet's is told by its controller, which first has to look. */
  private static boolean isDesiredKnown(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, ArgoRolloutSnapshot _ -> true;
      case DaemonSetSnapshot set -> set.metadata().generation().isObserved();
    };
  }

  private static String nothingThere(WorkloadSnapshot workload) {
    return switch (workload) {
      case DeploymentSnapshot _, StatefulSetSnapshot _, ArgoRolloutSnapshot _ ->
          workload.ref() + " is scaled to zero";
      case DaemonSetSnapshot _ -> "No node should run a pod of " + workload.ref();
    };
  }
}
