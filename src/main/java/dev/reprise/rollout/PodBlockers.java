package dev.reprise.rollout;

import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.DaemonSetSnapshot;
import dev.reprise.workload.DeploymentSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.PodSnapshot.Termination;
import dev.reprise.workload.StatefulSetSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which pods keep a restart from moving. */
final class PodBlockers {

  /** A container that waits for one of these is on its way. */
  private static final Set<String> ON_ITS_WAY = Set.of("ContainerCreating", "PodInitializing");

  /** A kubelet removes a pod a moment after its grace period. */
  private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

  /**
   * Many take a few seconds; one that takes longer is at least worth a look. Early enough for
   * everybody to have heard of it when it is ten seconds old.
   */
  private static final Duration READY_BY_THEN = Duration.ofSeconds(8);

  private PodBlockers() {}

  static Stream<Blocker> of(Mechanism mechanism, PodsByAge pods, WorkloadState state, Instant now) {
    String namespace = state.workload().ref().namespace();
    return Stream.of(
            pods.since().stream().flatMap(pod -> ofNewPod(pod, namespace, now)),
            waitedFor(mechanism, pods, state, now).flatMap(pod -> ofOldPod(pod, pods, state, now)),
            awaitedEnds(pods, state).flatMap(pod -> ofTermination(pod, namespace, now)))
        .flatMap(blockers -> blockers);
  }

  /** A StatefulSet and a DaemonSet make no pod in the place of one that has not ended. */
  private static Stream<PodSnapshot> awaitedEnds(PodsByAge pods, WorkloadState state) {
    return switch (state.workload()) {
      case StatefulSetSnapshot _, DaemonSetSnapshot _ ->
          state.pods().stream().filter(pod -> !pod.ended());
      case DeploymentSnapshot _, ArgoRolloutSnapshot _ -> pods.before().stream();
    };
  }

  /**
   * When a pod, if it stays as it is, becomes a blocker by its age alone; rather one time too many.
   */
  static Stream<Instant> inTime(PodSnapshot pod) {
    Termination termination = pod.termination();
    return termination != null
        ? Stream.of(endedBy(termination))
        : pod.ready() ? Stream.of() : Stream.of(readyBy(pod));
  }

  private static Instant readyBy(PodSnapshot pod) {
    return pod.createdAt().plus(READY_BY_THEN);
  }

  private static Instant endedBy(Termination termination) {
    return termination.due().plus(STUCK_AFTER);
  }

  private static Stream<Blocker> ofNewPod(PodSnapshot pod, String namespace, Instant now) {
    List<Blocker> known = ofContainers(pod, namespace).toList();
    boolean isLate = isRunning(pod) && !pod.ready() && !now.isBefore(readyBy(pod));
    return known.isEmpty() && isLate ? Stream.of(notReady(pod, namespace)) : known.stream();
  }

  /** As far as its containers tell, which say nothing once they run. */
  private static boolean isRunning(PodSnapshot pod) {
    return !pod.node().isEmpty() && pod.waiting().isEmpty();
  }

  /**
   * By a time and not by an age: what grows by itself would have to be recorded again and again.
   */
  private static Blocker notReady(PodSnapshot pod, String namespace) {
    return new Blocker(
        "NotReady",
        nameOf(pod),
        "It was created at %s and is not ready".formatted(pod.createdAt()),
        describe(pod, namespace));
  }

  private static String describe(PodSnapshot pod, String namespace) {
    return "kubectl describe pod " + pod.name() + " -n " + namespace;
  }

  private static Stream<Blocker> ofContainers(PodSnapshot pod, String namespace) {
    if (pod.ready()) {
      return Stream.of();
    }
    String describe = describe(pod, namespace);
    String unschedulable = pod.unschedulable();
    if (unschedulable != null) {
      return Stream.of(new Blocker("Unschedulable", nameOf(pod), unschedulable, describe));
    }
    return pod.waiting().stream()
        .filter(container -> !ON_ITS_WAY.contains(container.reason()))
        .map(container ->
            new Blocker(
                container.reason(),
                nameOf(pod),
                "Container %s: %s".formatted(container.name(), container.message()),
                container.reason().equals("CrashLoopBackOff")
                    ? "kubectl logs %s -n %s -c %s --previous"
                        .formatted(pod.name(), namespace, container.name())
                    : describe));
  }

  /**
   * Old pods that are not ready. For a new revision a StatefulSet may wait for them, be it for
   * ever, and the others replace them first; Argo counts them against what it may evict; we evict
   * them first.
   */
  private static Stream<PodSnapshot> waitedFor(
      Mechanism mechanism, PodsByAge pods, WorkloadState state, Instant now) {
    Stream<PodSnapshot> unready =
        Stream.concat(pods.before().stream(), pods.kept().stream())
            .filter(pod -> !pod.ready() && !pod.terminating());
    return switch (mechanism) {
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          switch (state.workload()) {
            case DeploymentSnapshot _, DaemonSetSnapshot _, ArgoRolloutSnapshot _ -> Stream.of();
            case StatefulSetSnapshot set ->
                unready.filter(heldUpBy(set, pods, state, now)::contains);
          };
      case RestartAt ->
          switch (state.workload()) {
            case DeploymentSnapshot _, DaemonSetSnapshot _, StatefulSetSnapshot _ -> Stream.of();
            case ArgoRolloutSnapshot rollout -> state.canArgoEvict(rollout) ? Stream.of() : unready;
          };
      case Eviction -> Stream.of();
    };
  }

  /** Where pods are replaced in parallel none holds up a restart that has begun them all. */
  private static Set<PodSnapshot> heldUpBy(
      StatefulSetSnapshot set, PodsByAge pods, WorkloadState state, Instant now) {
    String namespace = set.ref().namespace();
    Stream<PodSnapshot> fromReplacing =
        set.isOrdered() || pods.stillRunningBefore() > 0
            ? set
                .keptFromReplacingBy(
                    state.pods(),
                    pods.since().stream()
                        .filter(pod -> ofNewPod(pod, namespace, now).findAny().isPresent())
                        .toList())
                .stream()
            : Stream.of();
    return Stream.concat(fromReplacing, set.keptFromMakingBy(state.pods()).stream())
        .collect(Collectors.toSet());
  }

  private static Stream<Blocker> ofOldPod(
      PodSnapshot pod, PodsByAge pods, WorkloadState state, Instant now) {
    Stream<Blocker> ofContainers = ofContainers(pod, state.workload().ref().namespace());
    return now.isBefore(readyBy(pod))
        ? ofContainers
        : Stream.concat(ofContainers, Stream.of(unready(pod, pods, state)));
  }

  /**
   * A StatefulSet's pod below the partition would be made anew of the current revision ({@code
   * newVersionedStatefulSetPod}), which may be older than its own, and one that the restart is to
   * leave, under OnDelete, of the new one: those are only looked at.
   */
  private static Blocker unready(PodSnapshot pod, PodsByAge pods, WorkloadState state) {
    boolean isBelowPartition =
        state.workload() instanceof StatefulSetSnapshot set && set.isBelowPartition(pod);
    boolean isOnlyLookedAt = isBelowPartition || pods.kept().contains(pod);
    String namespace = state.workload().ref().namespace();
    return new Blocker(
        "UnreadyPod",
        nameOf(pod),
        "It is not ready, and the %s controller waits for it%s"
            .formatted(
                state.workload().ref().kind(),
                isOnlyLookedAt ? "" : "; deleting it lets the restart go on"),
        isOnlyLookedAt
            ? describe(pod, namespace)
            : "kubectl delete pod " + pod.name() + " -n " + namespace);
  }

  private static Stream<Blocker> ofTermination(PodSnapshot pod, String namespace, Instant now) {
    Termination termination = pod.termination();
    if (termination == null || now.isBefore(endedBy(termination))) {
      return Stream.of();
    }
    String since = "should have ended at " + termination.due();
    if (termination.isForTheNode()) {
      return Stream.of(
          new Blocker(
              "NodeNotReady",
              "Node " + pod.node(),
              "It does not answer; pod %s on it %s".formatted(pod.name(), since),
              "kubectl describe node " + pod.node()));
    }
    String finalizers =
        "kubectl get pod %s -n %s -o jsonpath='{.metadata.finalizers}{\"\\n\"}'"
            .formatted(pod.name(), namespace);
    return Stream.of(
        pod.node().isEmpty()
            ? new Blocker("StuckTerminating", nameOf(pod), "It " + since, finalizers)
            : new Blocker(
                "StuckTerminating",
                nameOf(pod),
                "On node %s, it %s".formatted(pod.node(), since),
                finalizers + "; kubectl get node " + pod.node()));
  }

  private static String nameOf(PodSnapshot pod) {
    return "Pod " + pod.name();
  }
}
