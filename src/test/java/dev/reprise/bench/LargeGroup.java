package dev.reprise.bench;

import static dev.reprise.scenario.Manifest.deployment;

import dev.reprise.scenario.Account;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.scenario.Replica;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How soon each of very many Deployments has its trigger, by one group and by one kubectl. */
final class LargeGroup {

  private static final int APPLIED_AT_ONCE = 100;

  /** As the service does. */
  private static final int WRITTEN_AT_ONCE = 32;

  /** Half of what the API server's flow control lets one such client have at once. */
  private static final int PATCHED_AT_ONCE = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** No second round of anything begins then: the counts in the table tell. */
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private final TestCluster cluster;
  private final Namespace namespace;
  private final Path folder;
  private final Results results;
  private final PlainClient client;

  /**
   * @param folder for the credentials of the service
   */
  LargeGroup(TestCluster cluster, Namespace namespace, Path folder, Results results) {
    this.folder = folder;
    this.cluster = cluster;
    this.namespace = namespace;
    this.results = results;
    this.client = new PlainClient(cluster);
  }

  void measure() throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    for (int from = 0; from < Settings.MEMBERS; from += APPLIED_AT_ONCE) {
      namespace.apply(
          String.join(
              "---\n",
              IntStream.range(from, Math.min(Settings.MEMBERS, from + APPLIED_AT_ONCE))
                  .mapToObj(number -> deployment("member-" + number).replicas(1).yaml())
                  .toList()));
    }
    awaitQuiet();
    Samples group = new Samples("one group, maxParallel " + Settings.MEMBERS);
    Samples first = new Samples("the first group of a service that has just started");
    Samples kubectl = new Samples("kubectl rollout restart deployment, one process");
    Footprint footprint;
    long rejected = rejected();
    long rejectedOfGroups = 0;
    try (Replica service =
        // As who is subject to flow control, which an administrator is not.
        Replica.start(
            Account.create(cluster, namespace, "service", Account.rulesOfTheChart(), folder),
            namespace.name(),
            Settings.CHART,
            "--reprise.at-once.per-namespace=" + Settings.MEMBERS,
            "--reprise.at-once.overall=" + Settings.MEMBERS)) {
      // The first group warms the service up, and is none of the rounds.
      for (int round = 0; round == 0 || mayBegin(round, deadline); round++) {
        kubectl.add(
            untilAllAreTriggered(
                () -> namespace.kubectl().run("rollout", "restart", "deployment")));
        awaitQuiet();
        long before = rejected();
        Answer[] answer = new Answer[1];
        Samples now = round == 0 ? first : group;
        now.add(untilAllAreTriggered(() -> answer[0] = post(service)));
        awaitEnd(service, answer[0].location());
        rejectedOfGroups += rejected() - before;
        awaitQuiet();
        Results.say(
            "large group: round %d, %.1f s and %.1f s by kubectl",
            round, now.quantile(1) / 1e3, kubectl.quantile(1) / 1e3);
      }
      footprint = Footprint.of(service.process());
    }
    Samples floor = new Samples("floor: create Restart, patch its status, patch the Deployment");
    Samples patches = new Samples("patch the Deployment, and record nothing");
    Floor restarts = new Floor(client, namespace.name());
    for (int round = 1; mayBegin(round, deadline); round++) {
      floor.add(untilAllAreTriggered(() -> eachMember(restarts::restart, WRITTEN_AT_ONCE)));
      awaitQuiet();
      patches.add(untilAllAreTriggered(() -> eachMember(restarts::patch, PATCHED_AT_ONCE)));
      awaitQuiet();
    }
    report(
        List.of(group, floor, patches, kubectl, first),
        rejectedOfGroups,
        rejected() - rejected,
        footprint);
  }

  private static boolean mayBegin(int round, long deadline) {
    return round == 1 || (round <= Settings.GROUPS && System.nanoTime() < deadline);
  }

  private void eachMember(Consumer<String> restart, int atOnce) {
    Semaphore places = new Semaphore(atOnce);
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> written = new ArrayList<>();
      for (int number = 0; number < Settings.MEMBERS; number++) {
        String member = "member-" + number;
        written.add(
            writers.submit(() -> {
              places.acquire();
              try {
                restart.accept(member);
              } finally {
                places.release();
              }
              return null;
            }));
      }
      for (Future<?> each : written) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private Answer post(Replica service) {
    Answer answer =
        service
            .caller()
            .post(
                namespace.name(),
                "{\"all\": true, \"maxParallel\": %d}".formatted(Settings.MEMBERS));
    if (answer.status() != 202) {
      throw new IllegalStateException(answer.status() + ": " + answer.body());
    }
    return answer;
  }

  /** From the call until a watch has shown each of them with a new pod template. */
  private long untilAllAreTriggered(Runnable restart) throws Exception {
    Map<String, String> before = restartedAt();
    Map<String, Long> triggered = new ConcurrentHashMap<>();
    try (AutoCloseable _ =
        client.watch(
            PlainClient.deployments(namespace.name()),
            line -> {
              JsonNode deployment = JsonMapper.shared().readTree(line).path("object");
              String name = deployment.at("/metadata/name").asString("");
              if (!restartedAtOf(deployment).equals(before.get(name))) {
                triggered.putIfAbsent(name, System.nanoTime());
              }
            })) {
      long start = System.nanoTime();
      restart.run();
      while (triggered.size() < Settings.MEMBERS) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new IllegalStateException(triggered.size() + " are triggered, and no more");
        }
        Thread.sleep(Duration.ofMillis(20));
      }
      return triggered.values().stream().mapToLong(Long::longValue).max().orElseThrow() - start;
    }
  }

  private Map<String, String> restartedAt() {
    Map<String, String> all = new HashMap<>();
    for (JsonNode deployment : deployments()) {
      all.put(deployment.at("/metadata/name").asString(""), restartedAtOf(deployment));
    }
    return all;
  }

  private static String restartedAtOf(JsonNode deployment) {
    return deployment
        .at("/spec/template/metadata/annotations")
        .path("kubectl.kubernetes.io/restartedAt")
        .asString("");
  }

  private JsonNode deployments() {
    return client.get(PlainClient.deployments(namespace.name())).path("items");
  }

  /** Until every rollout has ended. */
  private void awaitQuiet() throws InterruptedException {
    while (!deployments().valueStream().allMatch(LargeGroup::isRolledOut)) {
      Thread.sleep(Duration.ofSeconds(2));
    }
  }

  private static boolean isRolledOut(JsonNode deployment) {
    JsonNode status = deployment.path("status");
    return status.path("observedGeneration").asLong()
            == deployment.at("/metadata/generation").asLong()
        && status.path("updatedReplicas").asInt() == 1
        && status.path("replicas").asInt() == 1
        && status.path("availableReplicas").asInt() == 1;
  }

  private void awaitEnd(Replica service, String location) {
    Answer answer = service.caller().get(location, "Prefer", "wait=50");
    while (!answer.body().has("finishedAt")) {
      answer = service.caller().get(location, "Prefer", "wait=50");
    }
    if (!answer.text("phase").equals("Succeeded")) {
      throw new IllegalStateException(answer.body().toString());
    }
  }

  /** Requests that the API server's flow control has turned away so far, anybody's. */
  private long rejected() {
    return client
        .text("/metrics")
        .lines()
        .filter(line -> line.startsWith("apiserver_flowcontrol_rejected_requests_total{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private void report(List<Samples> ways, long rejectedOfGroups, long rejected, Footprint footprint)
      throws Exception {
    double group = ways.get(0).median();
    double floor = ways.get(1).median();
    double patches = ways.get(2).median();
    double kubectl = ways.get(3).median();
    results.ratio(
        "a group of %d / kubectl rollout restart deployment".formatted(Settings.MEMBERS),
        group / kubectl,
        1.0 / 3);
    results.section(
        "A large group, until each member has its trigger",
"""
%d Deployments of one pod each, all of a namespace, restarted by kubectl and by a group in turn, %d times after a first one
that warms the service up, and then by a client that does nothing but the three writes of a recorded restart, %d at once,
and by one that does nothing but the last of them, %d at once; each begins when the rollouts of the one before have ended.
By a watch of the Deployments. The group takes %.2f times the floor, the floor %.2f times kubectl, and the bare patches
%.2f times. The API server's flow control turned %d requests away during the groups, and %d in all. After them the service
has %d MB of heap in use, of at most 358, and is %d MB large.
"""
            .formatted(
                Settings.MEMBERS,
                ways.getFirst().count(),
                WRITTEN_AT_ONCE,
                PATCHED_AT_ONCE,
                group / floor,
                floor / kubectl,
                patches / kubectl,
                rejectedOfGroups,
                rejected,
                footprint.heap(),
                footprint.resident()));
    results.samples(ways);
    results.write();
  }
}
