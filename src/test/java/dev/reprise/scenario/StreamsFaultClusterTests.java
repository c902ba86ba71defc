package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  /** Of themselves the results end after 50 s: long after the stop, if it comes by then. */
  private static final Duration BEFORE_THE_STOP = Duration.ofSeconds(30);

  private record Result(int status, long nanoTime) {}

  /**
   * @param last the event with which the stream ended
   * @param next the first one of the stream that took its place
   */
  private record Resumed(String last, String next) {}

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
      List<CompletableFuture<Result>> results =
          Caller.atOnce(WAITING, () -> result(stopping, begun.location())).toList();
      await()
          .atMost(BEFORE_THE_STOP)
          .until(() -> stopping.caller().openCalls() == CALLERS + 2 * WAITING);
      List<CompletableFuture<Resumed>> next =
          streams.stream()
              .map(stream ->
                  CompletableFuture.supplyAsync(
                      () -> resumed(other, stream, events), Thread::startVirtualThread))
              .toList();

      long asked = System.nanoTime();
      Duration taken = stopping.stop();

      List<Resumed> resumed =
          next.stream().map(one -> one.orTimeout(1, TimeUnit.MINUTES).join()).toList();
      workloads.heal("web");
      Answer ended = other.caller().awaitEnd(begun.location());
      table.add(
          9,
          "stopped (SIGTERM) with %d event streams, ended after %d ms"
              .formatted(CALLERS, taken.toMillis()),
          Tally.of(1, workloads.replicaSetsOf("web").size() - 1));
      assertThat(taken).isLessThan(Duration.ofSeconds(5));
      assertThat(lines)
          .allSatisfy(last ->
              assertThat(last.get(1, TimeUnit.MINUTES))
                  .startsWith("error: the service is stopping"));
      assertThat(results)
          .allSatisfy(one -> {
            Result result = one.get(1, TimeUnit.MINUTES);
            assertThat(result.status()).isEqualTo(504);
            assertThat(Duration.ofNanos(result.nanoTime() - asked))
                .isBetween(Duration.ZERO, Duration.ofSeconds(5));
          });
      assertThat(resumed)
          .hasSize(CALLERS)
          .containsOnly(new Resumed("event: reconnect", "event: progress"));
      assertThat(ended.text("phase")).isEqualTo("Succeeded");
    }
  }

  private static Result result(Replica replica, String location) {
    int status = replica.caller().get(location + "/result").status();
    return new Result(status, System.nanoTime());
  }

  /** Its lines, the first of which has come. */
  private static Iterator<String> follow(Replica replica, String events) {
    Iterator<String> lines = replica.caller().lines(events, "text/event-stream").iterator();
    lines.next();
    return lines;
  }

  /** Reads until the stream ends, then what the other replica tells first; a cut would throw. */
  private static Resumed resumed(Replica other, Iterator<String> stream, String events) {
    List<String> rest = new ArrayList<>();
    stream.forEachRemaining(rest::add);
    return new Resumed(
        eventsOf(rest.stream()).toList().getLast(),
        eventsOf(other.caller().lines(events, "text/event-stream")).findFirst().orElseThrow());
  }

  private static Stream<String> eventsOf(Stream<String> lines) {
    return lines.filter(line -> line.startsWith("event: "));
  }
}
