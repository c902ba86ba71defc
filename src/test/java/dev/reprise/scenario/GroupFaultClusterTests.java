package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.Component;
import dev.reprise.testcluster.LocalProcesses;
import dev.reprise.testcluster.Namespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One group, through an API server that is killed and a leader that is; on a cluster of its own.
 * {@code -Dgroup.members} and {@code -Dgroup.parallel} make it larger.
 */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Provider#isLocal")
@ResourceLock("a second cluster")
@ExtendWith(FaultTable.Extension.class)
class GroupFaultClusterTests {

  private static final int MEMBERS = Integer.getInteger("group.members", 50);
  private static final int PARALLEL = Integer.getInteger("group.parallel", 10);
  private static final int APPLIED_AT_ONCE = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(40);
  private static final String BODY =
      "{\"all\": true, \"maxParallel\": %d, \"onFailure\": \"Continue\"}".formatted(PARALLEL);

  private static @Nullable LocalProcesses cluster;

  @BeforeAll
  static void start() {
    cluster = LocalProcesses.start(Path.of("target/cluster/group-faults"));
    Service.install(cluster);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void restartsEachMemberOnceAtItsPaceThoughApiServerAndLeaderAreKilled(
      @TempDir Path folder, FaultTable table) throws IOException {
    Namespace namespace = Namespace.create(cluster.kubectl(), GroupFaultClusterTests.class);
    Workloads workloads = new Workloads(namespace);
    create(namespace, workloads);
    try (ApiProxy proxy = ApiProxy.before(cluster);
        AtOnce rollouts = new AtOnce(cluster, namespace);
        Replica leader = replica(proxy.kubeconfig(folder), namespace)) {
      await().atMost(PATIENCE).until(() -> !workloads.holder().isEmpty());
      try (Replica follower = replica(proxy.kubeconfig(folder), namespace)) {
        String group =
            leader.caller().post(namespace.name(), BODY, "Idempotency-Key", "\"once\"").location();
        awaitSucceeded(leader, group, MEMBERS / 4);

        cluster.kill(Component.API_SERVER);
        cluster.start(Component.API_SERVER);
        awaitSucceeded(leader, group, MEMBERS / 2);
        long mostOfTheLeader = leader.mostResident();
        leader.kill();
        Answer ended = follower.caller().awaitEnd(group, PATIENCE);

        Tally tally = tally(workloads);
        table.add(
            21,
            ("group of %d, API server and leader killed (SIGKILL); at most %d of %d at once, %d MB"
                    + " and %d MB resident at most")
                .formatted(
                    MEMBERS, rollouts.most(), PARALLEL, mostOfTheLeader, follower.mostResident()),
            tally);
        List<ApiProxy.Request> writes = writes(proxy.seen());
        long lasting = writes.stream().filter(write -> !isProgress(write)).count();
        System.err.printf("Writes: %s, but for progress %d%n", byKind(writes), lasting);
        assertThat(ended.text("phase")).as(ended.text("message")).isEqualTo("Succeeded");
        assertThat(tally).isEqualTo(new Tally(MEMBERS, MEMBERS, 0, 0));
        assertThat(rollouts.most()).isBetween(2, PARALLEL);
        assertThat(lasting)
            .as("writes but for progress, of which each member that was under way may repeat some")
            .isLessThanOrEqualTo(6L * (MEMBERS + PARALLEL));
        assertThat(Math.max(mostOfTheLeader, follower.mostResident()))
            .as("MB of memory, of what the chart gives it")
            .isLessThan(512);
      }
    }
  }

  private static void create(Namespace namespace, Workloads workloads) {
    for (int from = 0; from < MEMBERS; from += APPLIED_AT_ONCE) {
      namespace.apply(
          String.join(
              "---\n",
              IntStream.range(from, Math.min(MEMBERS, from + APPLIED_AT_ONCE))
                  .mapToObj(i -> deployment("web-" + i).replicas(1).yaml())
                  .toList()));
    }
    workloads.kubectl("wait", "--for=condition=Available", "deployment", "--all", "--timeout=900s");
  }

  /** With the heap that the chart's limit leaves it. */
  private static Replica replica(Path kubeconfig, Namespace namespace) throws IOException {
    return Replica.start(kubeconfig, namespace.name(), List.of("-Xmx358m"));
  }

  private static void awaitSucceeded(Replica replica, String group, int members) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .ignoreException(UncheckedIOException.class)
        .until(() -> replica.caller().get(group).number("counts", "succeeded") >= members);
  }

  /** A Deployment has one ReplicaSet from its creation, and one from each restart. */
  private static Tally tally(Workloads workloads) {
    JsonNode all =
        JsonMapper.shared().readTree(workloads.kubectl("get", "replicasets", "-o", "json"));
    Map<String, Long> made =
        all.path("items")
            .valueStream()
            .collect(groupingBy(set -> set.at("/metadata/labels/app").asString(""), counting()));
    return made.values().stream()
        .map(sets -> Tally.of(1, Math.toIntExact(sets) - 1))
        .reduce(Tally.NONE, Tally::plus);
  }

  /** What was asked for, whether the API server was there to hear it or not. */
  private static List<ApiProxy.Request> writes(List<ApiProxy.Request> seen) {
    return seen.stream()
        .filter(request -> !request.method().equals("GET"))
        .filter(request -> !request.path().contains("/leases"))
        .toList();
  }

  private static Map<String, Long> byKind(List<ApiProxy.Request> writes) {
    return writes.stream()
        .collect(groupingBy(GroupFaultClusterTests::kindOf, java.util.TreeMap::new, counting()));
  }

  /** Of a group, or of a member's pods before its end. */
  private static boolean isProgress(ApiProxy.Request write) {
    JsonNode status = JsonMapper.shared().readTree(write.body()).path("status");
    return kindOf(write).equals("PATCH restarts status")
        && status.path("progress").isObject()
        && status.path("finishedAt").isNull();
  }

  private static String kindOf(ApiProxy.Request request) {
    String[] path = request.path().split("\\?")[0].split("/");
    return Stream.of(path)
        .filter(part -> List.of("restarts", "deployments", "status").contains(part))
        .reduce(request.method(), (kind, part) -> kind + " " + part);
  }
}
