package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.restart.WorkloadGateway.Following;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a workload that has just been read need not be read again. */
class RecallTests {

  private static final WorkloadRef DB = new WorkloadRef(WorkloadKind.StatefulSet, "demo", "db");

  private final FakeApiServer server = new FakeApiServer();
  private final AtomicLong nanoTime = new AtomicLong();
  private final Timing timing =
      new Timing(nanoTime::get, _ -> new CountDownLatch(1).await(), () -> 0L);
  private final KubernetesApi api = server.api(timing);
  private final WorkloadWatches watches =
      new WorkloadWatches(new ReflectorFactory(api, Set.of(), timing));
  private final ClusterWorkloads workloads =
      new ClusterWorkloads(api, watches, nanoTime::get, false);
  private final LinkedBlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
  private final Cluster cluster = new Cluster();

  @BeforeEach
  void start() {
    server.answerBy(cluster);
    watches.start();
  }

  @AfterEach
  void close() {
    watches.close();
    cluster.endWatches();
    server.close();
  }

  @Test
  void asksNothingOfWhatHasJustBeenRead() throws Exception {
    try (Following _ = followed()) {
      workloads.look(DB);
      cluster.read.set(0);

      assertThat(workloads.recall(DB)).isInstanceOf(Reading.Found.class);
      assertThat(cluster.read).hasValue(0);
    }
  }

  @Test
  void tellsTheTimeWhenItWasRead() throws Exception {
    try (Following _ = followed()) {
      workloads.look(DB);
      nanoTime.addAndGet(Duration.ofMillis(900).toNanos());

      assertThat(workloads.recall(DB))
          .isInstanceOfSatisfying(
              Reading.Found.class,
              found ->
                  assertThat(found.serverTime()).isEqualTo(Instant.parse("2026-11-24T03:00:10Z")));
    }
  }

  @Test
  void readsWhatNobodyHasRead() throws Exception {
    try (Following _ = followed()) {
      assertThat(workloads.recall(DB)).isInstanceOf(Reading.Found.class);
      assertThat(cluster.read).hasValue(1);
    }
  }

  @Test
  void readsWhatWasReadASecondAgo() throws Exception {
    try (Following _ = followed()) {
      workloads.look(DB);
      nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());

      workloads.recall(DB);

      assertThat(cluster.read).hasValue(2);
    }
  }

  @Test
  void readsWhatTheWatchesHaveInAnotherVersion() throws Exception {
    try (Following _ = followed()) {
      cluster.version = "2";
      workloads.look(DB);

      workloads.recall(DB);

      assertThat(cluster.read).hasValue(2);
    }
  }

  @Test
  void readsWhatAWatchThatIsBrokenTellsNothingOf() throws Exception {
    try (Following _ = followed()) {
      workloads.look(DB);
      cluster.read.set(0);

      // The watch takes a moment to notice, and may not have begun yet.
      await()
          .until(
              () -> {
                cluster.endWatches("/statefulsets");
                return workloads.recall(DB);
              },
              _ -> cluster.read.get() > 0);
    }
  }

  @Test
  void readsWhatNobodyFollows() {
    workloads.look(DB);

    workloads.recall(DB);

    assertThat(cluster.read).hasValue(2);
  }

  private Following followed() throws InterruptedException {
    Following following = watches.follow(DB, () -> changes.add(true));
    while (!following.isSynced()) {
      assertThat(changes.poll(10, TimeUnit.SECONDS)).as("a change").isNotNull();
    }
    return following;
  }

  /** One StatefulSet, and how often it was read by its name. */
  private static final class Cluster extends StillCluster {
    final AtomicInteger read = new AtomicInteger();
    volatile String version = "1";

    @Override
    MockResponse answer(HttpUrl asked) {
      if (asked.encodedPath().endsWith("/statefulsets/db")) {
        read.incrementAndGet();
        return new MockResponse.Builder()
            .setHeader("Date", "Tue, 24 Nov 2026 03:00:10 GMT")
            .body(statefulSet())
            .build();
      }
      return list(asked.encodedPath().endsWith("/statefulsets") ? statefulSet() : "");
    }

    private String statefulSet() {
      return """
      {"metadata": {"namespace": "demo", "name": "db", "uid": "uid-db", "resourceVersion": "%s"},
       "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "db"}}},
       "status": {"replicas": 3}}
      """
          .formatted(version);
    }
  }
}
