package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The replica that a hundred callers follow a restart on is stopped, as by a deployment of ours.
 */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class StreamsFaultClusterTests {

  private static final int CALLERS = 100;
  private static final int WAITING = 20;

  @Test
  void endsWithinFiveSecondsAndTheOtherReplicaGoesOn(
      TestCluster cluster, Namespace namespace, FaultTable table) throws IOException {
    Workloads workloads = new Workloads(namespace);
    Service.install(cluster);
    workloads.createWell(deployment("web").replicas(1).pods("pod", "never-ready"));
    try (Replica stopping = Replica.start(cluster.kubeconfig(), namespace.name());
        Replica other = Replica.start(cluster.kubeconfig(), namespace.name())) {
      Answer begun = stopping.caller().begin(namespace.name(), "Deployment", "web");
      String events = begun.location() + "/events";
      List<Iterator<String>> streams =
          Stream.generate(() -> follow(stopping, events)).limit(CALLERS).toList();
      List<CompletableFuture<String>> lines =
          Caller.atOnce(
                  WAITING, () -> stopping.caller().lines(events, "text/plain").toList().getLast())
              .toList();
      List<CompletableFuture<Integer>> results =
          Caller.atOnce(WAITING, () -> stopping.caller().get(begun.location() + "/result").status())
              .toList();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> stopping.caller().openCalls() == CALLERS + 2 * WAITING);
      List<CompletableFuture<String>> next =
          streams.stream()
              .map(stream ->
                  CompletableFuture.supplyAsync(
                      () -> firstOf(other, stream, events), Thread::startVirtualThread))
              .toList();

      long asked = System.nanoTime();
      stopping.terminate();
      stopping.awaitEnd();
      Duration taken = Duration.ofNanos(System.nanoTime() - asked);

      List<String> resumed = next.stream().map(CompletableFuture::join).toList();
      workloads.heal("web");
      Answer ended = other.caller().awaitEnd(begun.location());
      table.add(
          9,
          "stopped (SIGTERM) with %d event streams, ended after %d ms"
              .formatted(CALLERS, taken.toMillis()),
          Tally.of(1, workloads.replicaSetsOf("web").size() - 1));
      assertThat(taken).isLessThan(Duration.ofSeconds(5));
      assertThat(lines)
          .allSatisfy(last -> assertThat(last.join()).startsWith("error: the service is stopping"));
      assertThat(results).allSatisfy(status -> assertThat(status.join()).isEqualTo(504));
      assertThat(resumed).hasSize(CALLERS).containsOnly("event: progress");
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
    }
  }

  /** Its lines, the first of which has come. */
  private static Iterator<String> follow(Replica replica, String events) {
    Iterator<String> lines = replica.caller().lines(events, "text/event-stream").iterator();
    lines.next();
    return lines;
  }

  /** Reads until the stream ends, then what the other replica tells first. */
  private static String firstOf(Replica other, Iterator<String> stream, String events) {
    try {
      stream.forEachRemaining(_ -> {});
    } catch (UncheckedIOException _) {
      // cut off rather than ended: to resume is the same
    }
    return other
        .caller()
        .lines(events, "text/event-stream")
        .filter(line -> line.startsWith("event: "))
        .findFirst()
        .orElseThrow();
  }
}
