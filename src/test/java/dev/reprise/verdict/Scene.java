package dev.reprise.verdict;

import static dev.reprise.verdict.Json.text;

import com.google.gson.JsonObject;
import dev.reprise.cluster.RawCluster;
import dev.reprise.workload.Mechanism;
import dev.reprise.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment, StatefulSet or DaemonSet with its revisions and pods, laid down as its controller
 * would at some moment, on a cluster whose controllers have been stopped.
 */
final class Scene {

  static final String NAMESPACE = "verdicts";

  private final RawCluster cluster;
  private final Situation<Scene> situation;
  private final Restarting restarting;
  private final List<LaidPod> pods = new ArrayList<>();
  private int desired;
  private String newest = "";
  private @Nullable Made former;
  private @Nullable Made ours;

  Scene(RawCluster cluster, Situation<Scene> situation) {
    this.cluster = cluster;
    this.situation = situation;
    this.restarting = new Restarting(cluster.workloads(), situation.ref());
    this.desired = situation.variation().replicas();
  }

  Situation<Scene> situation() {
    return situation;
  }

  Restarting restarting() {
    return restarting;
  }

  int replicas() {
    return situation.variation().replicas();
  }

  int part() {
    return situation.variation().part();
  }

  Behaviour trouble() {
    return situation.variation().trouble();
  }

  // What the user does.

  /** A workload whose pods have all been available for long. */
  Scene begin() {
    return beginWith(situation.variation().limits());
  }

  Scene beginWith(String fields) {
    create(fields);
    former = make("1");
    List<LaidPod> well = new ArrayList<>();
    place(former, 0, replicas(), Behaviour.Available, well::add);
    write(Counted.status(kind(), well, desired, newest, generation()));
    return this;
  }

  Scene restart() {
    restarting.begin(Mechanism.TemplateAnnotation);
    newest = "";
    return this;
  }

  Scene patch(String patch, Object... arguments) {
    cluster.patch(kind().kind(), NAMESPACE, name(), Json.of(patch, arguments));
    return this;
  }

  /** Somebody else's change of the template. */
  Scene changeTemplate() {
    patch("{spec: {template: {metadata: {annotations: {changed: again}}}}}");
    newest = "";
    return this;
  }

  /** What {@code kubectl rollout undo} does, while it says nothing of the restart but its time. */
  Scene undo() {
    patch(
        "{spec: {template: {metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': null}}}}}");
    newest = former().name();
    return this;
  }

  Scene scale(int replicas) {
    desired = replicas;
    return kind() == WorkloadKind.DaemonSet ? this : patch("{spec: {replicas: %d}}", replicas);
  }

  Scene delete() {
    cluster.delete(kind().kind(), NAMESPACE, name());
    return this;
  }

  /** The same name, another workload, all of whose pods are available. */
  Scene makeAnew() {
    delete();
    create(situation.variation().limits());
    return observe();
  }

  // What the controllers do.

  /** The revision of the restart. */
  Scene makeOurs() {
    ours = make("2");
    return this;
  }

  Scene makeAnother() {
    make("3");
    return this;
  }

  Scene removeFormer() {
    cluster.delete("ReplicaSet", NAMESPACE, former().name());
    return this;
  }

  Scene old(int from, int until, Behaviour behaviour) {
    return lay(former(), from, until, behaviour);
  }

  Scene fresh(int from, int until, Behaviour behaviour) {
    return lay(Objects.requireNonNull(ours), from, until, behaviour);
  }

  Scene become(int place, Behaviour behaviour) {
    LaidPod pod = pods.stream().filter(laid -> laid.place() == place).findFirst().orElseThrow();
    cluster.patchStatus("Pod", NAMESPACE, pod.name(), Json.of(behaviour.status()));
    pods.set(pods.indexOf(pod), pod.as(behaviour));
    return this;
  }

  /** The controller counts the pods, and takes note of the spec. */
  Scene observe() {
    return write(Counted.status(kind(), pods, desired, newest, generation()));
  }

  /** It has yet to see that the last of the old pods are gone. */
  Scene observeStillCounting(int old) {
    List<LaidPod> counted = new ArrayList<>(pods);
    place(former(), 0, old, Behaviour.Available, counted::add);
    return write(Counted.status(kind(), counted, desired, newest, generation()));
  }

  Scene exceedDeadline() {
    return write(
        Json.of(
            """
            {status: {conditions: [{type: Progressing, status: 'False',
              reason: ProgressDeadlineExceeded, message: 'has timed out progressing.'}]}}
            """));
  }

  private void create(String fields) {
    cluster.create(
        NAMESPACE,
        Json.of(
            """
            {apiVersion: 'apps/v1', kind: %1$s, metadata: {name: '%2$s'},
             spec: {%3$s %4$s selector: {matchLabels: {app: '%2$s'}},
               template: {metadata: {labels: {app: '%2$s'}},
                 spec: {containers: [{name: app, image: 'example.com/app:1'}]}}}}
            """,
            kind(),
            name(),
            kind() == WorkloadKind.DaemonSet ? "" : "replicas: " + replicas() + ",",
            fields.isEmpty() ? "" : fields + ","));
  }

  private Made make(String hash) {
    JsonObject workload = cluster.get(kind().kind(), NAMESPACE, name());
    long number = Long.parseLong(hash);
    JsonObject revision = cluster.create(NAMESPACE, Made.manifest(workload, hash, number));
    Made made = new Made(workload, hash, text(revision, "metadata", "uid"), number);
    newest = made.name();
    return made;
  }

  private Scene lay(Made revision, int from, int until, Behaviour behaviour) {
    place(
        revision,
        from,
        until,
        behaviour,
        pod -> {
          cluster.create(NAMESPACE, revision.pod(pod.name(), pod.place()));
          cluster.patchStatus("Pod", NAMESPACE, pod.name(), Json.of(behaviour.status()));
          if (pod.isTerminating()) {
            cluster.delete("Pod", NAMESPACE, pod.name());
          }
          pods.add(pod);
        });
    return this;
  }

  private void place(
      Made revision, int from, int until, Behaviour behaviour, Consumer<LaidPod> each) {
    String maker = kind() == WorkloadKind.StatefulSet ? name() : revision.name();
    IntStream.range(from, until)
        .mapToObj(place -> new LaidPod(maker + "-" + place, revision, place, behaviour))
        .forEach(each);
  }

  private Scene write(JsonObject status) {
    cluster.patchStatus(kind().kind(), NAMESPACE, name(), status);
    return this;
  }

  private long generation() {
    return Json.at(cluster.get(kind().kind(), NAMESPACE, name()), "metadata", "generation")
        .getAsLong();
  }

  private Made former() {
    return Objects.requireNonNull(former);
  }

  private WorkloadKind kind() {
    return situation.ref().kind();
  }

  private String name() {
    return situation.ref().name();
  }
}
