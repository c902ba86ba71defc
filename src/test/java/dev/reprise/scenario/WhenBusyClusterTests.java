package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterFailure;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several restarts of one workload. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhenBusyClusterTests {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
    namespace = own.name();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void thoseThatWaitBeginOneAfterTheOther() {
    Answer underWay = beginHeld("queued");
    Answer first = ask("queued", "Wait");
    awaitMessage(first.location(), "Waiting for restart " + underWay.text("name") + " to end");
    awaitNextSecond();
    String second = "/namespaces/" + namespace + "/restarts/queued-by-hand";
    apply("queued-by-hand", "{kind: Deployment, name: queued, whenBusy: Wait}");
    awaitMessage(
        second,
        "Waiting for restart " + underWay.text("name") + " to end; 1 other waits before it");

    Answer underWayEnded = healAndAwaitEnd("queued", underWay.location());
    caller.triggered(first);
    awaitMessage(second, "Waiting for restart " + first.text("name") + " to end");
    Answer firstEnded = healAndAwaitEnd("queued", first.location());
    Answer secondEnded = healAndAwaitEnd("queued", second);

    assertThat(List.of(underWayEnded, firstEnded, secondEnded))
        .extracting(answer -> answer.text("phase"))
        .containsOnly("Succeeded");
    assertBeganAfter(firstEnded, underWayEnded);
    assertBeganAfter(secondEnded, firstEnded);
    assertThat(workloads.replicaSetsOf("queued")).hasSize(4);
  }

  @Test
  void thoseThatWaitFromTheStartAreAllCarriedOut() throws Exception {
    workloads.create(deployment("popular").replicas(1));

    List<Answer> answers = fourAtOnce(() -> ask("popular", "Wait"));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).extracting(Answer::location).doesNotHaveDuplicates();
    assertThat(answers.stream().map(answer -> caller.awaitEnd(answer.location())))
        .extracting(answer -> answer.text("phase"))
        .containsOnly("Succeeded");
    assertThat(workloads.replicaSetsOf("popular")).hasSize(5);
  }

  @Test
  void isCancelledWhileItWaits() {
    Answer underWay = beginHeld("regretted");
    Answer waiting = ask("regretted", "Wait");

    workloads.kubectl(
        "patch",
        "restart",
        waiting.text("name"),
        "--type=merge",
        "-p",
        "{\"spec\":{\"cancel\":true}}");

    assertThat(caller.awaitEnd(waiting.location()).text("phase")).isEqualTo("Cancelled");
    assertThat(healAndAwaitEnd("regretted", underWay.location()).text("phase"))
        .isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("regretted")).hasSize(2);
  }

  @Test
  void joinsTheOneThatWaitsButNotTheOneUnderWay() {
    Answer underWay = beginHeld("shared");

    Answer first = ask("shared", "Join");
    Answer second = ask("shared", "Join");
    Answer third = caller.restart(namespace, "Deployment", "shared");

    assertThat(first.text("name")).isNotEqualTo(underWay.text("name"));
    awaitMessage(first.location(), "Waiting for restart " + underWay.text("name") + " to end");
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.location()).isEqualTo(first.location());
    assertThat(third.status()).isEqualTo(409);
    assertThat(third.text("busyWith")).isEqualTo(underWay.text("name"));
    healAndAwaitEnd("shared", underWay.location());
    caller.triggered(first);
    assertThat(healAndAwaitEnd("shared", second.location()).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("shared")).hasSize(3);
  }

  @Test
  void supersedesTheOneUnderWayAndThoseThatWait() {
    Answer underWay = beginHeld("hurried");
    Answer waiting = ask("hurried", "Wait");
    awaitNextSecond();

    Answer superseding = caller.triggered(ask("hurried", "Supersede"));

    assertSuperseded(underWay, superseding);
    assertSuperseded(waiting, superseding);
    assertThat(caller.get(underWay.location() + "/result").status()).isEqualTo(409);
    assertThat(healUntilTheEnd("hurried", superseding).text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("hurried")).hasSize(3);
    assertThat(claimOf("deployment", "hurried")).isEqualTo(superseding.text("name"));
  }

  /** A budget holds the first one, so that no pod is missing when the second is planned. */
  @Test
  void supersedesTheRestartOfARollout() {
    workloads.create(rollout("overtaken"));
    workloads
        .namespace()
        .apply(
"""
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: overtaken}
spec:
  minAvailable: 3
  selector:
    matchLabels: {app: overtaken}
""");
    await()
        .atMost(PATIENCE)
        .until(
            () -> workloads.get("poddisruptionbudget", "overtaken").path("status"),
            status -> status.path("currentHealthy").asInt(0) == 3);
    Answer underWay = caller.triggered(recreate("overtaken", "Reject"));

    Answer superseding = caller.triggered(recreate("overtaken", "Supersede"));

    assertSuperseded(underWay, superseding);
    workloads.kubectl("delete", "poddisruptionbudget", "overtaken");
    Answer ended = caller.awaitEnd(superseding.location());
    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.replicaSetsOf("overtaken")).hasSize(1);
    assertThat(workloads.get("rollout", "overtaken").path("spec").path("restartAt").asString(""))
        .isEqualTo(ended.text("trigger"));
  }

  private Answer recreate(String rollout, String whenBusy) {
    return caller.post(
        namespace,
        "{\"kind\": \"Rollout\", \"name\": \"%s\", \"strategy\": \"RecreatePods\", \"whenBusy\": \"%s\"}"
            .formatted(rollout, whenBusy));
  }

  /** Whoever is fast enough may have succeeded before the next one begins. */
  @Test
  void ofThoseThatSupersedeEachOtherTheLastIsCarriedOut() throws Exception {
    workloads.create(deployment("disputed").replicas(1));

    List<Answer> ended =
        fourAtOnce(() -> ask("disputed", "Supersede")).stream().map(caller::ended).toList();

    assertThat(ended)
        .extracting(answer -> answer.text("reason"))
        .isSubsetOf("AllPodsReplaced", "SupersededByRestart");
    String last = claimOf("deployment", "disputed");
    assertThat(ended)
        .filteredOn(answer -> answer.text("name").equals(last))
        .extracting(answer -> answer.text("phase"))
        .containsExactly("Succeeded");
  }

  /** A restart of one pod, whose successor does not become ready before it is healed. */
  private Answer beginHeld(String name) {
    workloads.createWell(deployment(name).replicas(1).pods("pod", "never-ready"));
    return caller.begin(namespace, "Deployment", name);
  }

  private Answer ask(String name, String whenBusy) {
    return caller.post(
        namespace,
        "{\"kind\": \"Deployment\", \"name\": \"%s\", \"whenBusy\": \"%s\"}"
            .formatted(name, whenBusy));
  }

  private void apply(String restart, String spec) {
    workloads
        .namespace()
        .apply(
            "{apiVersion: reprise.dev/v1, kind: Restart, metadata: {name: %s}, spec: %s}"
                .formatted(restart, spec));
  }

  /** Heals the new pod as soon as it stands beside the old one. */
  private Answer healAndAwaitEnd(String name, String location) {
    workloads.awaitPods(name, 2);
    workloads.heal(name);
    return caller.awaitEnd(location);
  }

  /** Heals the pods as they come. */
  private Answer healUntilTheEnd(String name, Answer begun) {
    return await()
        .atMost(PATIENCE)
        .ignoreException(ClusterFailure.class)
        .until(
            () -> {
              workloads.heal(name);
              return caller.get(begun.location());
            },
            Answer::isFinished);
  }

  /** Of one that waits. */
  private void awaitMessage(String location, String message) {
    await().atMost(PATIENCE).until(() -> caller.get(location).text("message"), message::equals);
  }

  /** Until what comes now counts as later than what has come. */
  private static void awaitNextSecond() {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    await().until(() -> !Instant.now().isBefore(next));
  }

  private String claimOf(String kind, String name) {
    return workloads
        .get(kind, name)
        .path("metadata")
        .path("annotations")
        .path("reprise.dev/restart")
        .asString("");
  }

  private void assertSuperseded(Answer restart, Answer by) {
    Answer ended = caller.awaitEnd(restart.location());
    assertThat(ended.text("phase")).isEqualTo("Superseded");
    assertThat(ended.text("reason")).isEqualTo("SupersededByRestart");
    assertThat(ended.text("message")).contains(by.text("name"));
  }

  /** The beginning is told in whole seconds. */
  private static void assertBeganAfter(Answer later, Answer earlier) {
    assertThat(Instant.parse(later.text("startedAt")))
        .isAfterOrEqualTo(
            Instant.parse(earlier.text("finishedAt")).truncatedTo(ChronoUnit.SECONDS));
  }

  private static <T> List<T> fourAtOnce(Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(List.of(call, call, call, call)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}
