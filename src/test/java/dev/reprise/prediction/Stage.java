package dev.reprise.prediction;

import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.workload.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One workload on the cluster, brought into the state that it is restarted in. Each step returns
 * when the controllers have nothing left to do about it.
 */
final class Stage {

  private static final String NOT_READY =
      "{status: {conditions: [{type: Ready, status: 'False', reason: ContainersNotReady}]}}";

  private final RawCluster cluster;
  private final Watched watched;
  private final String namespace;
  private final WorkloadKind kind;
  private final Manifest manifest;
  private String podsOf;
  private int pods;
  private int unready;
  private long generation;
  private String phase = "";

  Stage(RawCluster cluster, Watched watched, String namespace, WorkloadKind kind, String name) {
    this.cluster = cluster;
    this.watched = watched;
    this.namespace = namespace;
    this.kind = kind;
    this.manifest = new Manifest(name);
    this.podsOf = kind.kind();
  }

  /**
   * A Deployment, StatefulSet or DaemonSet.
   *
   * @param replicas of a DaemonSet, the nodes it is for
   * @param fields of its spec
   */
  Stage create(int replicas, String... fields) {
    List<String> all = List.of(fields);
    create(
        switch (kind) {
          case Deployment -> manifest.deployment(replicas, all);
          case StatefulSet -> manifest.statefulSet(replicas, all);
          case DaemonSet -> manifest.daemonSet(replicas, all);
          case ArgoRollout -> throw new IllegalStateException("A Rollout needs a strategy");
        });
    return settle(replicas, "");
  }

  /** A Rollout with a pod template of its own. */
  Stage rollout(int replicas, String strategy, String... fields) {
    create(manifest.service());
    create(manifest.rollout(replicas, strategy, List.of(fields)));
    return settle(replicas, "Healthy");
  }

  /**
   * A Rollout that refers to a Deployment. Which of the two is restarted, the kind says; it is
   * about the Rollout's pods in any case.
   *
   * @param deployed so many pods the Deployment has itself
   */
  Stage referring(int replicas, int deployed, String strategy) {
    create(manifest.deployment(deployed, List.of()));
    create(manifest.rolloutReferringTo("Deployment", replicas, strategy));
    podsOf = "Rollout";
    return settle(replicas, "Healthy");
  }

  /** A Rollout that refers to a ReplicaSet without pods. */
  Stage referringToReplicaSet(int replicas) {
    create(manifest.replicaSet(0));
    create(manifest.rolloutReferringTo("ReplicaSet", replicas, "canary: {}"));
    return settle(replicas, "Healthy");
  }

  /** A disruption budget for its pods. */
  Stage budget(String fields) {
    int already = budgets().size();
    create(manifest.budget(already, fields));
    watched.await(this + ": a budget", () -> budgets().size() > already);
    return settle(pods, phase);
  }

  /** So many of its pods, the first by name, are not ready any more, and stay so. */
  Stage unready(int count) {
    List<String> names = present().stream().map(SeenPod::name).sorted().toList();
    for (String pod : names.subList(0, count)) {
      String neverReady = "{metadata: {annotations: {'test.reprise.dev/pod': never-ready}}}";
      cluster.patch("Pod", namespace, pod, Json.of(neverReady));
      cluster.patchStatus("Pod", namespace, pod, Json.of(NOT_READY));
    }
    unready = count;
    return settle(pods, "");
  }

  /**
   * Changes the object.
   *
   * @param nextPhase what a Rollout comes to
   */
  Stage patch(String patch, String nextPhase) {
    change(patch);
    return settle(pods, nextPhase);
  }

  /** Begins an update of a Rollout that stops half-way. */
  Stage update() {
    change("{spec: {template: {metadata: {annotations: {'example.com/version': two}}}}}");
    return settle(Settled.AS_COUNTED, "Paused");
  }

  /** Aborts the update of a Rollout. */
  Stage abort() {
    cluster.patchStatus(kind.kind(), namespace, name(), Json.of("{status: {abort: true}}"));
    return settle(Settled.AS_COUNTED, "Degraded");
  }

  private void create(JsonObject object) {
    cluster.create(namespace, object);
  }

  private void change(String patch) {
    JsonObject changed = cluster.patch(kind.kind(), namespace, name(), Json.of(patch));
    generation = Json.numberAt(changed, "metadata", "generation");
  }

  private Stage settle(int wantedPods, String wantedPhase) {
    Settled settled = new Settled(podsOf, generation, wantedPods, unready, wantedPhase);
    watched.await(
        this + " settled",
        () ->
            watched
                .find(podsOf, name())
                .filter(workload -> settled.holds(workload, present(), budgets(), Instant.now()))
                .isPresent());
    pods = present().size();
    phase = wantedPhase;
    return this;
  }

  private List<SeenPod> present() {
    return watched.pods(log -> log.present(owners()).toList());
  }

  private List<JsonObject> budgets() {
    return watched
        .all("PodDisruptionBudget")
        .filter(budget -> Json.textAt(budget, "metadata", "name").startsWith(name() + "-"))
        .toList();
  }

  String name() {
    return manifest.name();
  }

  /** The uids of what controls its pods. */
  Set<String> owners() {
    return watched.ownersOf(podsOf, name());
  }

  /** Which of its ReplicaSets a blue-green Rollout's Service leads to; empty for all others. */
  String active() {
    return watched
        .find(podsOf, name())
        .map(workload -> Json.textAt(workload, "status", "blueGreen", "activeSelector"))
        .orElse("");
  }

  /** The uids of what controls its pods that count, given what was {@link #active} before. */
  Set<String> serving(String activeBefore) {
    Set<String> active = new HashSet<>(List.of(activeBefore, active()));
    return active.contains("") ? owners() : watched.ownersOf(podsOf, name(), active);
  }

  Duration minReady() {
    return Settled.minReady(watched.find(podsOf, name()).orElseThrow());
  }

  /** Waits until the watches have shown all that was done to its pods before this call. */
  void catchUp() {
    Map<String, String> live = new HashMap<>();
    String version =
        cluster.list(
            "Pod",
            namespace,
            "app=" + name(),
            pod ->
                live.put(
                    Json.textAt(pod, "metadata", "uid"),
                    Json.textAt(pod, "metadata", "resourceVersion")));
    watched.await(
        this + ": its pods as they are now",
        () ->
            watched.pods(log -> log.hasSeen(live) && isShown(log, live, Long.parseLong(version))));
  }

  /** Whether what was gone by then is not shown any more, and it is known whose the others are. */
  private boolean isShown(PodLog log, Map<String, String> live, long version) {
    Set<String> known = new HashSet<>(owners());
    known.addAll(watched.ownersOf("Deployment", name()));
    return log.presentOf(name())
        .allMatch(pod ->
            known.contains(pod.owner())
                && (live.containsKey(pod.uid()) || Long.parseLong(pod.version()) > version));
  }

  @Override
  public String toString() {
    return kind + " " + name();
  }
}
