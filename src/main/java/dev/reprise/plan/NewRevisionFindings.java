package dev.reprise.plan;

import dev.reprise.plan.Finding.Code;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.ArgoStep;
import dev.reprise.workload.ArgoStrategy.BlueGreen;
import dev.reprise.workload.ArgoStrategy.Canary;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.UpdateStrategy;
import dev.reprise.workload.WorkloadSnapshot;
import dev.reprise.workload.WorkloadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to remark before the pod template is changed. */
final class NewRevisionFindings {

  private NewRevisionFindings() {}

  static Stream<Finding> of(WorkloadState state) {
    WorkloadSnapshot workload = state.workload();
    return Stream.of(
            switch (workload) {
              case DeploymentSnapshot deployment -> ofDeployment(deployment);
              case StatefulSetSnapshot set -> ofStatefulSet(set, state);
              case DaemonSetSnapshot set -> ofDaemonSet(set);
              case ArgoRolloutSnapshot rollout -> ofArgoRollout(rollout, state);
            },
            historyLimit(state).stream())
        .flatMap(findings -> findings);
  }

  private static Stream<Finding> ofDeployment(DeploymentSnapshot deployment) {
    List<Finding> findings = new ArrayList<>();
    if (deployment.paused()) {
      // The API would take the change and nothing would happen until someone resumes.
      findings.add(
          Finding.refusal(
              Code.Paused,
              deployment.ref() + " is paused, so a change of its pod template has no effect",
              "kubectl rollout resume " + deployment.ref().forKubectl()));
    }
    joinsUpdate(deployment).ifPresent(findings::add);
    return findings.stream();
  }

  private static Stream<Finding> ofStatefulSet(StatefulSetSnapshot set, WorkloadState state) {
    List<Finding> findings = new ArrayList<>();
    onDelete(set, set.strategy()).ifPresent(findings::add);
    if (set.partition() > 0) {
      int leftOut = set.desired() - set.toReplace();
      String message =
          "The partition %d of %s leaves out %d of %d pods: they keep running as they are"
              .formatted(set.partition(), set.ref(), leftOut, set.desired());
      String nextStep = "Lower spec.updateStrategy.rollingUpdate.partition to restart them too";
      findings.add(
          set.toReplace() == 0
              ? Finding.refusal(Code.PartitionLeavesOut, message, nextStep)
              : Finding.warning(Code.PartitionLeavesOut, message, nextStep));
    }
    set.keptFromReplacingBy(state.pods(), List.of()).stream()
        .findFirst()
        .map(pod -> blocksUpdate(set, pod))
        .ifPresent(findings::add);
    joinsUpdate(set).ifPresent(findings::add);
    return findings.stream();
  }

  private static Finding blocksUpdate(StatefulSetSnapshot set, PodSnapshot pod) {
    return Finding.warning(
        Code.UnreadyPodBlocksUpdate,
        "Pod %s is not ready, and the StatefulSet controller replaces no pod of %s until it is"
            .formatted(pod.name(), set.ref()),
        "kubectl describe pod " + pod.name() + " -n " + set.ref().namespace());
  }

  private static Stream<Finding> ofDaemonSet(DaemonSetSnapshot set) {
    return Stream.of(onDelete(set, set.strategy()), joinsUpdate(set)).flatMap(Optional::stream);
  }

  private static Optional<Finding> onDelete(WorkloadSnapshot workload, UpdateStrategy strategy) {
    return switch (strategy) {
      case UpdateStrategy.OnDelete() ->
          Optional.of(
              Finding.refusal(
                  Code.OnDelete,
                  workload.ref()
                      + " has the update strategy OnDelete, so a change of its pod template"
                      + " replaces no pod",
                  "Ask for strategy RecreatePods, or set spec.updateStrategy.type to"
                      + " RollingUpdate"));
      case UpdateStrategy.RollingUpdate _, UpdateStrategy.Recreate _ -> Optional.empty();
    };
  }

  private static Optional<Finding> joinsUpdate(WorkloadSnapshot workload) {
    return Findings.isUpdateUnderWay(workload)
        ? Optional.of(
            Finding.info(
                Code.UpdateUnderWay,
                "An update of " + workload.ref() + " is already under way; the restart joins it"))
        : Optional.empty();
  }

  /** Any change of the template clears an abort and begins with the first step (A4). */
  private static Stream<Finding> ofArgoRollout(ArgoRolloutSnapshot rollout, WorkloadState state) {
    List<Finding> findings = new ArrayList<>(betweenRevisions(rollout));
    findings.addAll(ReferenceFindings.of(rollout, state.references()));
    // It is their pod template too that changes.
    state.references().referring().stream()
        .flatMap(other -> betweenRevisions(other).stream())
        .forEach(findings::add);
    findings.addAll(stepsAhead(rollout));
    return findings.stream();
  }

  private static List<Finding> betweenRevisions(ArgoRolloutSnapshot rollout) {
    List<Finding> findings = new ArrayList<>();
    if (rollout.update().isAborted()) {
      findings.add(
          Finding.refusal(
              Code.AbortedRollout,
              "%s was aborted, and a change of its pod template would ship what was aborted: %s"
                  .formatted(rollout.ref(), rollout.message()),
              "Put the pod template back, or ask for strategy RecreatePods"));
    } else if (rollout.update().isUnderWay()) {
      // Not so while its controller has only yet to see a change, an autoscaler's for instance.
      findings.add(
          Finding.refusal(
              Code.UpdateUnderWay,
              "An update of %s is under way, and a change of its pod template would begin it anew: %s"
                  .formatted(rollout.ref(), rollout.message()),
              "Wait for it or promote it: " + rollout.ref().argo("get rollout")));
    }
    if (rollout.update().isPaused()) {
      findings.add(
          Finding.refusal(
              Code.Paused,
              rollout.ref() + " is paused (spec.paused), so a new revision would not be rolled out",
              "Set spec.paused to false, or ask for strategy RecreatePods"));
    }
    return findings;
  }

  private static List<Finding> stepsAhead(ArgoRolloutSnapshot rollout) {
    return switch (rollout.strategy()) {
      case BlueGreen(_, boolean promotesItself) ->
          promotesItself
              ? List.of()
              : List.of(
                  pauseAhead(rollout, "The new revision of %s waits to be promoted by a person"));
      case Canary canary -> stepsAhead(rollout, canary.steps());
    };
  }

  private static List<Finding> stepsAhead(ArgoRolloutSnapshot rollout, List<ArgoStep> steps) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int number = i + 1;
      switch (steps.get(i)) {
        case ArgoStep.Pause pause when pause.needsPerson() ->
            findings.add(
                pauseAhead(
                    rollout,
                    "Step %d of %d of %%s waits for a person".formatted(number, steps.size())));
        case ArgoStep.Analysis() ->
            findings.add(
                Finding.info(
                    Code.AnalysisAhead,
                    "Step %d of %d of %s is an analysis, and the restart fails with it"
                        .formatted(number, steps.size(), rollout.ref())));
        case ArgoStep.Pause _, ArgoStep.SetWeight _, ArgoStep.Other _ -> {}
      }
    }
    return findings;
  }

  private static Finding pauseAhead(ArgoRolloutSnapshot rollout, String sentence) {
    return Finding.warning(
        Code.ManualPauseAhead, sentence.formatted(rollout.ref()), rollout.ref().argo("promote"));
  }

  /** Told only when it matters: when this restart's revision pushes out an older one. */
  private static Optional<Finding> historyLimit(WorkloadState state) {
    int limit = state.workload().metadata().historyLimit();
    int kept = state.revisions().size() - 1;
    return kept < Math.max(1, limit)
        ? Optional.empty()
        : Optional.of(
            Finding.info(
                Code.HistoryLimit,
                "%s keeps %d old revisions; the restart makes one more, and the oldest goes"
                    .formatted(state.workload().ref(), limit)));
  }
}
