package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.reprise.restart.WorkloadGateway.Following;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.FailedCreate;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import dev.reprise.workload.WorkloadState;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why pods of a StatefulSet are missing, by the Events of its controller. */
class FailedCreatesTests {

  private static final WorkloadRef DB = new WorkloadRef(WorkloadKind.StatefulSet, "demo", "db");

  private final FakeApiServer server = new FakeApiServer();

  /** Whoever waits before the next try waits for ever. */
  private final Timing timing =
      new Timing(System::nanoTime, _ -> new CountDownLatch(1).await(), () -> 0L);

  private final KubernetesApi api = server.api(timing);
  private final WorkloadWatches watches =
      new WorkloadWatches(new ReflectorFactory(api, Set.of(), timing));
  private final LinkedBlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
  private Cluster cluster = new Cluster(2, false);

  @AfterEach
  void close() {
    watches.close();
    cluster.endWatches();
    server.close();
  }

  @Test
  void areWatchedOnceForAllWhoFollowAWorkloadThatIsShortOfPods() throws Exception {
    startWatching(new Cluster(2, false));

    try (Following one = follow();
        Following other = follow()) {
      WorkloadState known = awaitState(one, state -> state.failedCreate() != null);

      assertThat(known.failedCreate())
          .isEqualTo(new FailedCreate("the last one", Instant.parse("2026-11-24T03:00:09Z")));
      assertThat(awaitState(other, state -> state.failedCreate() != null)).isEqualTo(known);
      assertThat(nextAboutEvents().queryParameter("watch")).isNull();
      assertThat(nextAboutEvents().queryParameter("watch")).isEqualTo("true");
      assertThat(cluster.aboutEvents).as("more than one list and one watch").isEmpty();
    }
  }

  @Test
  void areKnownToALiveReadAsWell() throws Exception {
    startWatching(new Cluster(2, false));

    try (Following following = follow()) {
      awaitState(following, state -> state.failedCreate() != null);

      assertThat(new ClusterWorkloads(api, watches, System::nanoTime, false).read(DB))
          .isInstanceOfSatisfying(
              Reading.Found.class, found -> assertThat(found.state().failedCreate()).isNotNull());
    }
  }

  @Test
  void areNotAskedForWhileAllPodsAreThere() throws Exception {
    startWatching(new Cluster(3, false));

    try (Following following = follow()) {
      assertThat(awaitState(following, _ -> true).failedCreate()).isNull();
      assertThat(cluster.aboutEvents).isEmpty();
    }
  }

  @Test
  void keepNobodyWaitingWhoMayNotReadThem() throws Exception {
    startWatching(new Cluster(2, true));

    try (Following following = follow()) {
      awaitState(following, WorkloadState::isShortOfPods);
      assertThat(cluster.refused.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(awaitState(following, _ -> true).failedCreate()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"lastTimestamp\": \"2026-11-24T03:00:01Z\"'",
    "'\"lastTimestamp\": null, \"eventTime\": \"2026-11-24T03:00:01.000000Z\"'",
    "'\"eventTime\": \"2026-11-24T02:00:00.000000Z\", \"series\": {\"lastObservedTime\":"
        + " \"2026-11-24T03:00:01.000000Z\"}'",
    "'\"firstTimestamp\": null'"
  })
  void happenedLastWhenTheirRecorderSays(String times) {
    JsonObject event =
        FakeApiServer.json(
            """
            {"metadata": {"name": "e", "creationTimestamp": "2026-11-24T03:00:01Z"}, %s}
            """
                .formatted(times));

    assertThat(FailedCreates.told(event).failed().at())
        .isEqualTo(Instant.parse("2026-11-24T03:00:01Z"));
  }

  @Test
  void areToldWithoutWhatTheRecorderPutsBeforeThem() {
    JsonObject event = FakeApiServer.json(event("e", "01", "(combined from similar events): no"));

    assertThat(FailedCreates.told(event).failed().message()).isEqualTo("no");
  }

  private void startWatching(Cluster those) {
    cluster = those;
    server.answerBy(those);
    watches.start();
  }

  private Following follow() {
    return watches.follow(DB, () -> changes.add(true));
  }

  /** The state once it is so, looked at after each change. */
  private WorkloadState awaitState(Following following, Predicate<WorkloadState> isSo)
      throws InterruptedException {
    while (true) {
      Optional<WorkloadState> state =
          following.isSynced() ? following.state().filter(isSo) : Optional.empty();
      if (state.isPresent()) {
        return state.get();
      }
      assertThat(changes.poll(10, TimeUnit.SECONDS)).as("a change").isNotNull();
    }
  }

  private HttpUrl nextAboutEvents() throws InterruptedException {
    HttpUrl asked = cluster.aboutEvents.poll(10, TimeUnit.SECONDS);
    assertThat(asked).as("the next request about Events").isNotNull();
    assertThat(asked.queryParameter("fieldSelector"))
        .isEqualTo(
            "type=Warning,reason=FailedCreate,involvedObject.kind!=ReplicaSet,involvedObject.kind!=Job");
    return asked;
  }

  private static String event(String name, String second, String message) {
    return """
    {"metadata": {"namespace": "demo", "name": "%s", "resourceVersion": "1%s"},
     "involvedObject": {"kind": "StatefulSet", "name": "db", "uid": "uid-db"},
     "lastTimestamp": "2026-11-24T03:00:%sZ", "message": "%s"}
    """
        .formatted(name, second, second, message);
  }

  /** One StatefulSet that ought to have three pods, and two Events about it. */
  private static final class Cluster extends StillCluster {
    final LinkedBlockingQueue<HttpUrl> aboutEvents = new LinkedBlockingQueue<>();
    final CountDownLatch refused = new CountDownLatch(1);
    final int pods;
    final boolean forbidden;

    Cluster(int pods, boolean forbidden) {
      this.pods = pods;
      this.forbidden = forbidden;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      HttpUrl asked = request.getUrl();
      if (asked.encodedPath().endsWith("/events")) {
        aboutEvents.add(asked);
        if (forbidden) {
          refused.countDown();
          return FakeApiServer.refusal(403, "Forbidden", "cannot list resource events").build();
        }
      }
      return super.dispatch(request);
    }

    @Override
    MockResponse answer(HttpUrl asked) {
      String path = asked.encodedPath();
      if (path.endsWith("/statefulsets/db")) {
        return new MockResponse.Builder()
            .setHeader("Date", "Tue, 24 Nov 2026 03:00:10 GMT")
            .body(statefulSet())
            .build();
      }
      return list(items(path));
    }

    private String items(String path) {
      return switch (path.substring(path.lastIndexOf('/') + 1)) {
        case "statefulsets" -> statefulSet();
        case "events" ->
            event("last", "09", "the last one") + "," + event("first", "03", "an old one");
        default -> "";
      };
    }

    private String statefulSet() {
      return """
      {"metadata": {"namespace": "demo", "name": "db", "uid": "uid-db", "resourceVersion": "1"},
       "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "db"}}},
       "status": {"replicas": %d}}
      """
          .formatted(pods);
    }
  }
}
