package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.scenario.Shell.Ended;
import dev.reprise.scenario.Shell.Running;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Following a restart as it happens. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsClusterTests {

  private TestCluster cluster;
  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster shared, Namespace own) {
    cluster = shared;
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
  void tellsChangesAsLinesUntilTheEnd() {
    workloads.create(deployment("told").pods("ready-after", "1s"));
    String location = caller.begin(namespace, "Deployment", "told").location();

    List<String> lines = caller.lines(location + "/events", "text/plain").toList();

    assertThat(lines).hasSizeGreaterThan(2);
    assertThat(lines).first().asString().startsWith("Waiting for ").endsWith("...");
    assertThat(lines)
        .contains("Waiting for deployment \"told\" restart to finish: new pods made: 2/3...");
    assertThat(lines.getLast())
        .isEqualTo(
            "deployment \"told\" successfully restarted: All 3 pods were replaced and are available");
  }

  @Test
  void letsCurlPrintEachLineAtOnce() throws IOException {
    String location = beginEndless("slow");
    Shell shell = new Shell(Map.of("REPRISE", service.address().toString(), "restart", location));

    try (Running curl =
        shell.start("curl -sSN -H 'Accept: text/plain' \"$REPRISE$restart/events\"")) {
      // The pod becomes ready only after this: a line that was held back would never come.
      assertThat(curl.output().readLine()).startsWith("Waiting for ");
      workloads.awaitPods("slow", 2);
      workloads.heal("slow");

      Ended ended = curl.ended();
      assertThat(ended.output())
          .endsWith(
              "deployment \"slow\" successfully restarted:"
                  + " The one pod was replaced and is available\n");
      assertThat(ended.exitCode()).isZero();
    }
  }

  @Test
  void endsItsLinesWhenItFailed() {
    workloads.createWell(deployment("crashing").replicas(1).pods("pod", "crash-loop"));
    String body = "{\"kind\": \"Deployment\", \"name\": \"crashing\", \"timeout\": \"PT10S\"}";
    String location = caller.triggered(caller.post(namespace, body)).location();

    List<String> lines = caller.lines(location + "/events", "text/plain").toList();

    assertThat(lines)
        .anySatisfy(line ->
            assertThat(line)
                .startsWith(
                    "error: restart of deployment \"crashing\" failed (Timeout):"
                        + " Not finished within PT10S: Old pods still running: 1; new pods: 1/1;"
                        + " Pod crashing-"));
    assertThat(lines).last().asString().startsWith("  next: kubectl logs crashing-");
  }

  @Test
  void endsItsLinesWhenAnotherChangeTookItsPlace() {
    Iterator<String> lines = follow(beginEndless("changed"));

    workloads.kubectl("set", "image", "deployment/changed", "app=example.com/app:2");

    assertThat(lastOf(lines))
        .startsWith("error: restart of deployment \"changed\" was superseded (TemplateChanged): ");
  }

  @Test
  void endsItsLinesWhenItIsDeleted() {
    String location = beginEndless("forgotten");
    Iterator<String> lines = follow(location);

    workloads.kubectl("delete", "restart", location.substring(location.lastIndexOf('/') + 1));

    assertThat(lastOf(lines))
        .isEqualTo("error: the restart was deleted; what it had begun goes on");
  }

  @Test
  void sendsEventsWhoseLastOneIsTheEnd() {
    workloads.create(deployment("sent").pods("ready-after", "1s"));
    String location = caller.begin(namespace, "Deployment", "sent").location();

    List<String> lines = caller.lines(location + "/events", "text/event-stream").toList();

    List<String> events = lines.stream().filter(line -> line.startsWith("event: ")).toList();
    assertThat(events).hasSizeGreaterThan(2).endsWith("event: finished");
    assertThat(events.subList(0, events.size() - 1)).containsOnly("event: progress");
    String id = lines.stream().filter(line -> line.startsWith("id: ")).toList().getLast();
    assertThat(caller.get(location + "/events", "Last-Event-ID", id.substring(4)).status())
        .isEqualTo(204);
  }

  static Stream<Manifest> kinds() {
    return Stream.of(
        deployment("moving-deployment"),
        statefulSet("moving-set").replicas(2),
        daemonSet("moving-daemon"),
        rollout("moving-rollout"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void showsBothRevisionsOnTheWay(Manifest moving) {
    workloads.create(moving.pods("ready-after", "6s"));
    String location =
        caller.triggered(caller.newRevision(namespace, moving.kind(), moving.name())).location();

    Answer seen = caller.awaitRevisions(location, 2);

    assertThat(seen.body().path("revisions").path("from").asInt()).isEqualTo(1);
    assertThat(seen.body().path("revisions").path("to").asInt()).isEqualTo(2);
    assertThat(String.join("\n", caller.lines(location, "text/plain").toList()))
        .contains(
            "Workload   " + moving.kind() + " " + moving.name(), "Revision   1 -> 2", "2 (this)");
    Answer ended = caller.awaitEnd(location);
    assertThat(ended.body().path("revisions").toString()).isEqualTo("{\"from\":1,\"to\":2}");
  }

  @Test
  void listsRestartsAsKubectlDoes() {
    workloads.create(deployment("listed"));
    String name = caller.restartAndWait(namespace, "Deployment", "listed").text("name");

    List<String> ours =
        caller.lines("/namespaces/" + namespace + "/restarts", "text/plain").toList();
    List<String> kubectls = workloads.kubectl("get", "restarts").lines().toList();

    assertThat(cells(ours.getFirst())).isEqualTo(cells(kubectls.getFirst()));
    assertThat(cellsButAge(ours, name)).hasSize(6).isEqualTo(cellsButAge(kubectls, name));
  }

  private static List<String> cellsButAge(List<String> table, String name) {
    List<String> cells =
        table.stream()
            .filter(row -> row.startsWith(name))
            .map(row -> cells(row))
            .toList()
            .getFirst();
    return cells.subList(0, cells.size() - 1);
  }

  private static List<String> cells(String row) {
    return List.of(row.strip().split(" {2,}"));
  }

  @Test
  void letsWhoFollowsGoWhenTheServiceStops() {
    workloads.create(deployment("unfinished").pods("ready-after", "15s"));
    Service stopping = Service.start(cluster, workloads.namespace());
    String location = stopping.caller().begin(namespace, "Deployment", "unfinished").location();
    Iterator<String> lines =
        stopping.caller().lines(location + "/events", "text/event-stream").iterator();
    lines.next();
    Instant asked = Instant.now();

    stopping.close();

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    List<String> rest = new ArrayList<>();
    lines.forEachRemaining(rest::add);
    assertThat(rest).contains("event: reconnect");
    assertThat(caller.lines(location + "/events", "text/event-stream").findFirst()).isPresent();
  }

  @Test
  void tellsOfAPodThatDoesNotGetReadyThoughNobodyAsks() {
    Iterator<String> lines = follow(beginEndless("unready"));

    String named = "";
    while (!named.contains("is not ready")) {
      named = lines.next();
    }

    assertThat(named).contains("pod unready-");
  }

  /** Begins a restart whose pod never becomes ready. */
  private String beginEndless(String name) {
    workloads.createWell(deployment(name).replicas(1).pods("pod", "never-ready"));
    return caller.begin(namespace, "Deployment", name).location();
  }

  /** Its lines, the first of which has come. */
  private Iterator<String> follow(String location) {
    Iterator<String> lines = caller.lines(location + "/events", "text/plain").iterator();
    lines.next();
    return lines;
  }

  private static String lastOf(Iterator<String> lines) {
    String last = "";
    while (lines.hasNext()) {
      last = lines.next();
    }
    return last;
  }
}
