package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.daemonSet;
import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static dev.reprise.scenario.Manifest.statefulSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The service is killed at random moments while restarts of workloads of each kind are asked for,
 * one by one or as a group. {@code -Dkills} says how often, {@code -Dkills.seed} repeats the
 * moments of a run.
 */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class KillsFaultClusterTests {

  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final long SEED = Long.getLong("kills.seed", new Random().nextInt());

  /**
   * From the POSTs to the kill. Most restarts have ended by then; half of the kills come in the
   * first eighth, where everything is written.
   */
  private static final int LATEST_MILLIS = 1500;

  /** Three by three, they take longer, and are written all the while. */
  private static final int LATEST_MILLIS_OF_A_GROUP = 6000;

  /** No revision may go uncounted. */
  private static final String HISTORY = "revisionHistoryLimit: 10000";

  private static final String CANARY = "strategy: {canary: {}}\n  " + HISTORY;

  private record Target(Manifest workload, String strategy) {

    int revisions(Workloads workloads) {
      return switch (workload.kind()) {
        case "Deployment", "Rollout" -> workloads.replicaSetsOf(workload.name()).size();
        default -> workloads.controllerRevisionsOf(workload.name()).size();
      };
    }

    /**
     * The controller of a StatefulSet makes more of them under load: where it has not seen yet that
     * the old pod has gone with the last update, the next one is of the old revision again.
     */
    boolean hasAsManyPods(int made, int asked) {
      int expected = workload.replicas() * (asked + 1);
      return workload.kind().equals("StatefulSet") ? made >= expected : made == expected;
    }

    boolean makesRevisions() {
      return strategy.equals("NewRevision");
    }
  }

  private static final List<Target> TARGETS =
      List.of(
          new Target(deployment("web").replicas(1).with(HISTORY), "NewRevision"),
          new Target(deployment("api").replicas(2).with(HISTORY), "NewRevision"),
          new Target(deployment("evicted").replicas(2), "RecreatePods"),
          new Target(statefulSet("ledger").replicas(1).with(HISTORY), "NewRevision"),
          new Target(daemonSet("agent").with(HISTORY), "NewRevision"),
          new Target(rollout("shop").replicas(1).with(CANARY), "NewRevision"),
          new Target(rollout("cart").replicas(2), "RecreatePods"));

  private static final List<Target> MEMBERS =
      Stream.concat(
              IntStream.range(0, 6)
                  .mapToObj(number -> deployment("member-" + number).replicas(1).with(HISTORY)),
              Stream.of(
                  statefulSet("ledger").replicas(1).with(HISTORY),
                  daemonSet("agent").with(HISTORY),
                  rollout("shop").replicas(1).with(CANARY)))
          .map(workload -> new Target(workload, "NewRevision"))
          .toList();

  private static final String GROUP =
      "{\"all\": true, \"maxParallel\": 3, \"strategy\": \"NewRevision\", \"acceptDowntime\": true}";

  private final List<String> wrong = new ArrayList<>();
  private Workloads workloads;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void carriesOutEachRestartOnceHoweverOftenItIsKilled(
      TestCluster cluster, Namespace namespace, FaultTable table) {
    carryOut(
        cluster,
        namespace,
        table,
        TARGETS,
        LATEST_MILLIS,
        pair ->
            TARGETS.stream()
                .map(target ->
                    new Persistent(pair, namespace.name(), target.workload(), target.strategy()))
                .toList());
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void carriesOutEachMemberOfAGroupOnceHoweverOftenItIsKilled(
      TestCluster cluster, Namespace namespace, FaultTable table) {
    carryOut(
        cluster,
        namespace,
        table,
        MEMBERS,
        LATEST_MILLIS_OF_A_GROUP,
        pair -> List.of(new Persistent(pair, namespace.name(), "all", GROUP)));
  }

  /**
   * @param callersOf one for each of the targets, or one for all of them
   */
  private void carryOut(
      TestCluster cluster,
      Namespace namespace,
      FaultTable table,
      List<Target> targets,
      int latestMillis,
      Function<Pair, List<Persistent>> callersOf) {
    System.err.printf("%d kills, -Dkills.seed=%d%n", KILLS, SEED);
    workloads = new Workloads(namespace);
    Service.install(cluster);
    targets.stream().map(Target::workload).map(Manifest::yaml).forEach(namespace::apply);
    targets.stream()
        .map(Target::workload)
        .forEach(made -> workloads.awaitAvailable(made.kind(), made.name(), made.replicas()));
    try (MadePods pods = new MadePods(cluster, namespace);
        Pair pair = new Pair(cluster, namespace)) {
      List<Persistent> callers = callersOf.apply(pair);
      Random random = new Random(SEED);
      for (int kill = 0; kill < KILLS; kill++) {
        killDuringTheRestartsOfAll(callers, pair, random, latestMillis);
      }

      Tally all = Tally.NONE;
      for (int i = 0; i < targets.size(); i++) {
        int asked = callers.get(Math.min(i, callers.size() - 1)).asked();
        all = all.plus(tally(targets.get(i), asked, pods));
      }
      String what = callers.size() == 1 ? "amid a group" : "amid single restarts";
      table.add(19, "%d kills (SIGKILL) %s, seed %d".formatted(KILLS, what, SEED), all);
      assertThat(wrong).as("with -Dkills.seed=%d", SEED).isEmpty();
      assertThat(all.isExactlyOnce()).as("%s with -Dkills.seed=%d", all, SEED).isTrue();
      assertThat(all.asked()).isEqualTo(KILLS * targets.size());
    }
  }

  private void killDuringTheRestartsOfAll(
      List<Persistent> callers, Pair pair, Random random, int latestMillis) {
    long after = (long) (latestMillis * Math.pow(random.nextDouble(), 3));
    int victim = random.nextInt(2);
    List<CompletableFuture<Answer>> restarts =
        callers.stream()
            .map(caller ->
                CompletableFuture.supplyAsync(caller::restart, Thread::startVirtualThread))
            .toList();
    Executor later = CompletableFuture.delayedExecutor(after, TimeUnit.MILLISECONDS);
    CompletableFuture.runAsync(() -> pair.kill(victim), later).join();
    restarts.stream()
        .map(CompletableFuture::join)
        .filter(ended -> !ended.text("phase").equals("Succeeded"))
        .forEach(ended -> wrong.add(ended.body().toString()));
  }

  /** A revision for each restart, and as many pods as each of them replaces. */
  private Tally tally(Target target, int asked, MadePods pods) {
    String name = target.workload().name();
    int replicas = target.workload().replicas();
    int madePods = pods.madeUntil(name, workloads.podUidsOf(name));
    int revisions = target.revisions(workloads);
    List<String> off = new ArrayList<>();
    if (!target.hasAsManyPods(madePods, asked)) {
      off.add("%d pods".formatted(madePods));
    }
    if (revisions != (target.makesRevisions() ? asked + 1 : 1)) {
      off.add("%d revisions".formatted(revisions));
    }
    if (!off.isEmpty()) {
      wrong.add("%s of %d replicas, %d restarts: %s".formatted(name, replicas, asked, off));
    }
    int times = target.makesRevisions() ? revisions : madePods / replicas;
    return Tally.of(asked, times - 1);
  }
}
