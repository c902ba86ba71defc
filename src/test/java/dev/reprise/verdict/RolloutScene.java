package dev.reprise.verdict;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.workload.ArgoRolloutSnapshot;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.PodSnapshot;
import dev.reprise.workload.ReplicaSetSnapshot;
import dev.reprise.workload.WorkloadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A Rollout that the real controllers have brought to a moment at which it stays: what becomes of
 * its phase, only Argo's controller knows. Whatever has to come after that, once the controllers
 * have been stopped, is kept for then.
 */
final class RolloutScene {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RawCluster cluster;
  private final Situation<RolloutScene> situation;
  private final Restarting restarting;
  private final List<Runnable> later = new ArrayList<>();
  private int replicas;

  RolloutScene(RawCluster cluster, Situation<RolloutScene> situation) {
    this.cluster = cluster;
    this.situation = situation;
    this.restarting = new Restarting(cluster.workloads(), situation.ref());
    this.replicas = situation.variation().replicas();
  }

  Situation<RolloutScene> situation() {
    return situation;
  }

  Restarting restarting() {
    return restarting;
  }

  int replicas() {
    return replicas;
  }

  String name() {
    return situation.ref().name();
  }

  /** A pod annotation that stages.yaml knows; the pods that are there now are healed of it. */
  String trouble() {
    return "'test.reprise.dev/pod': "
        + switch (situation.variation().trouble()) {
          case CrashLoop -> "crash-loop";
          case ImagePull -> "image-pull";
          case NotReady, Available, JustReady, Terminating, Ended -> "never-ready";
        };
  }

  /** One replica only, whatever the variation. */
  RolloutScene single() {
    replicas = 1;
    return this;
  }

  RolloutScene create(String manifest, Object... arguments) {
    cluster.create(Scene.NAMESPACE, Json.of(manifest, arguments));
    return this;
  }

  RolloutScene patch(String patch) {
    cluster.patch("Rollout", Scene.NAMESPACE, name(), Json.of(patch));
    return this;
  }

  RolloutScene patchStatus(String patch) {
    cluster.patchStatus("Rollout", Scene.NAMESPACE, name(), Json.of(patch));
    return this;
  }

  RolloutScene restart() {
    restarting.begin(Mechanism.RestartAt);
    return this;
  }

  RolloutScene makeNewRevision() {
    WorkloadState state = restarting.read().orElseThrow();
    restarting.begin(
        rollout(state).reference() == null
            ? Mechanism.TemplateAnnotation
            : Mechanism.ReferencedTemplateAnnotation);
    return this;
  }

  RolloutScene later(Runnable step) {
    later.add(step);
    return this;
  }

  /** To be called when the controllers have been stopped. */
  void runLater() {
    later.forEach(Runnable::run);
  }

  void delete() {
    cluster.delete("Rollout", Scene.NAMESPACE, name());
  }

  /** Under its name, as it is now, less all that a controller has written. */
  void makeAnew() {
    JsonObject before = cluster.get("Rollout", Scene.NAMESPACE, name());
    delete();
    before.remove("status");
    before.add("metadata", Json.of("{name: '%s'}", name()));
    cluster.create(Scene.NAMESPACE, before);
  }

  /** Waits for a phase with all pods available, none of which is left to its trouble. */
  RolloutScene awaitWell(String phase) {
    return awaitState(
        "well and " + phase,
        state -> {
          state.pods().stream().filter(pod -> !pod.ready()).forEach(this::heal);
          return isSettled(state)
              && rollout(state).phase().equals(phase)
              && rollout(state).counts().available() >= rollout(state).desired()
              && state.pods().stream().allMatch(PodSnapshot::ready)
              && isScaled(state, phase);
        });
  }

  /** Whether the ReplicaSets are as they stay: after an abort, the newest one is empty. */
  private static boolean isScaled(WorkloadState state, String phase) {
    int wanted =
        state.revisions().stream().mapToInt(set -> ((ReplicaSetSnapshot) set).desired()).sum();
    boolean isAborted =
        state.revisions().stream()
            .filter(set -> set.number() == state.highestRevision())
            .anyMatch(set -> ((ReplicaSetSnapshot) set).desired() == 0);
    return state.pods().stream().filter(pod -> !pod.terminating()).count() == wanted
        && isAborted == phase.equals("Degraded");
  }

  private void heal(PodSnapshot pod) {
    cluster.patch(
        "Pod",
        Scene.NAMESPACE,
        pod.name(),
        Json.of("{metadata: {annotations: {'test.reprise.dev/pod': null}}}"));
  }

  /** Waits until the restart can't go on, since a pod of it does not become ready. */
  RolloutScene awaitNewPodNotReady() {
    return awaitState(
        "held by a new pod",
        state ->
            isSettled(state)
                && state.pods().stream().anyMatch(pod -> isNew(pod, state) && !pod.ready()));
  }

  /** Waits until every old pod is on its way out, and its successor available. */
  RolloutScene awaitOldPodsTerminating() {
    return awaitState(
        "held by old pods",
        state ->
            isSettled(state)
                && rollout(state).counts().available() >= rollout(state).desired()
                && state.pods().stream().allMatch(pod -> isNew(pod, state) || pod.terminating()));
  }

  RolloutScene awaitComplete(String phase) {
    return awaitState(
        "complete and " + phase,
        state ->
            isSettled(state)
                && isCarriedOut(state)
                && rollout(state).phase().equals(phase)
                && rollout(state).counts().available() >= rollout(state).desired()
                && state.pods().stream().allMatch(pod -> isNew(pod, state) && pod.ready()));
  }

  RolloutScene awaitPromoted() {
    return awaitState(
        "promoted",
        state ->
            isSettled(state) && isCarriedOut(state) && rollout(state).phase().equals("Healthy"));
  }

  /** Waits until the pods of the new revision are gone, and those from before are back. */
  RolloutScene awaitOldPodsAlone(String phase) {
    return awaitState(
        "back and " + phase,
        state ->
            isSettled(state)
                && rollout(state).phase().equals(phase)
                && state.pods().size() == rollout(state).desired()
                && state.pods().stream().noneMatch(pod -> isNew(pod, state) || !pod.ready()));
  }

  RolloutScene awaitNoPod() {
    return awaitState("without pods", state -> isSettled(state) && state.pods().isEmpty());
  }

  RolloutScene awaitRevisions(int number) {
    return awaitState(number + " revisions", state -> state.highestRevision() == number);
  }

  RolloutScene awaitPhase(String phase, String message) {
    return awaitState(
        phase,
        state ->
            isSettled(state)
                && rollout(state).phase().equals(phase)
                && rollout(state).message().contains(message));
  }

  RolloutScene awaitState(String what, Predicate<WorkloadState> predicate) {
    await(situation + ": " + what)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> restarting.read().filter(predicate).isPresent());
    return this;
  }

  /** Whether the controller has counted the pods as they are; a blue-green one's active pods. */
  private static boolean isSettled(WorkloadState state) {
    int available = rollout(state).counts().available();
    return rollout(state).metadata().generation().isObserved()
        && (available == ready(state, _ -> true)
            || state.revisions().stream().anyMatch(set -> available == ready(state, set::hasMade)));
  }

  private static long ready(WorkloadState state, Predicate<PodSnapshot> which) {
    return state.pods().stream()
        .filter(which)
        .filter(pod -> pod.ready() && !pod.terminating())
        .count();
  }

  boolean isStamped(WorkloadState state) {
    return restarting.trigger().value().equals(rollout(state).restartedAt());
  }

  private boolean isCarriedOut(WorkloadState state) {
    return switch (restarting.trigger().mechanism()) {
      case RestartAt -> isStamped(state);
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          state.revisionsWith(restarting.trigger()).stream()
              .anyMatch(ours -> ours.name().endsWith("-" + rollout(state).update().stableHash()));
      case Eviction -> throw new IllegalStateException("No controller carries out evictions");
    };
  }

  private boolean isNew(PodSnapshot pod, WorkloadState state) {
    return switch (restarting.trigger().mechanism()) {
      case RestartAt, Eviction -> !pod.createdAt().isBefore(restarting.trigger().value());
      case TemplateAnnotation, ReferencedTemplateAnnotation ->
          state.revisionsWith(restarting.trigger()).stream().anyMatch(ours -> ours.hasMade(pod));
    };
  }

  private static ArgoRolloutSnapshot rollout(WorkloadState state) {
    return (ArgoRolloutSnapshot) state.workload();
  }
}
