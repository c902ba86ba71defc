package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.WorkloadGateway.Listing;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The workloads of a namespace, from the watches. */
class WorkloadListingTests {

  private static final String DEPLOYMENT =
      """
      {"metadata": {"namespace": "demo", "name": "web", "uid": "u", "resourceVersion": "1"}}
      """;

  private final FakeApiServer server = new FakeApiServer();
  private final Cluster cluster = new Cluster();

  /** Whoever waits before the next try waits for ever. */
  private final Timing timing =
      new Timing(System::nanoTime, _ -> new CountDownLatch(1).await(), () -> 0L);

  private final KubernetesApi api = server.api(timing);
  private WorkloadWatches watches = covering(Set.of());

  @AfterEach
  void close() {
    watches.close();
    cluster.watches.forEach(WatchBody::end);
    server.close();
  }

  @Test
  void listsFromTheWatchesWithoutAskingTheApiServer() throws Exception {
    startWatching();
    int before = server.requestCount();

    Listing<WorkloadSnapshot> listing = workloads().list("demo");

    assertThat(((Listing.Found<WorkloadSnapshot>) listing).workloads())
        .extracting(workload -> workload.ref().toString())
        .containsExactly("Deployment demo/web");
    assertThat(server.requestCount()).isEqualTo(before);
  }

  @Test
  void asksForTheNamespaceOnlyWhereNothingIsKnownOfIt() throws Exception {
    startWatching();

    assertThat(workloads().list("empty")).isEqualTo(new Listing.Found<>(List.of()));
    assertThat(workloads().list("nowhere"))
        .isEqualTo(new Listing.Missing<>(new Reading.NoSuchNamespace()));
    assertThat(cluster.askedFor).containsExactlyInAnyOrder("empty", "nowhere");
  }

  @Test
  void saysThatItDoesNotKnowYet() {
    server.answerBy(cluster);

    assertThatThrownBy(() -> workloads().list("demo")).isInstanceOf(ClusterUnavailable.class);
  }

  @Test
  void tellsAMissingNamespaceFromOneThatIsNotCovered() throws Exception {
    watches = covering(Set.of("demo"));
    startWatching();

    assertThat(workloads().list("empty"))
        .isEqualTo(new Listing.Missing<>(new Reading.NotCovered()));
    assertThat(workloads().list("nowhere"))
        .isEqualTo(new Listing.Missing<>(new Reading.NoSuchNamespace()));
  }

  private ClusterWorkloads workloads() {
    return new ClusterWorkloads(api, watches, System::nanoTime, false);
  }

  private WorkloadWatches covering(Set<String> namespaces) {
    return new WorkloadWatches(new ReflectorFactory(api, namespaces, timing));
  }

  private void startWatching() throws InterruptedException {
    server.answerBy(cluster);
    watches.start();
    assertThat(cluster.watched.await(10, TimeUnit.SECONDS)).isTrue();
    for (Reflector<?> reflector : watches.reflectors()) {
      assertThat(reflector.awaitSynced(Duration.ofSeconds(10))).isTrue();
    }
  }

  /** One Deployment; Argo Rollouts is not installed; there is every namespace but one. */
  private static final class Cluster extends Dispatcher {
    final CountDownLatch watched = new CountDownLatch(4);
    final List<WatchBody> watches = new CopyOnWriteArrayList<>();
    final Set<String> askedFor = ConcurrentHashMap.newKeySet();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getUrl().encodedPath();
      if (path.startsWith("/api/v1/namespaces/")) {
        askedFor.add(path.substring(path.lastIndexOf('/') + 1));
        return path.endsWith("/nowhere")
            ? FakeApiServer.refusal(404, "NotFound", "Not there").build()
            : new MockResponse.Builder().body("{}").build();
      }
      if (path.endsWith("/rollouts")) {
        return new MockResponse.Builder().code(404).body("404 page not found").build();
      }
      if (request.getUrl().queryParameter("watch") != null) {
        WatchBody watch = new WatchBody();
        watches.add(watch);
        watched.countDown();
        return new MockResponse.Builder().body((MockResponseBody) watch).build();
      }
      String items = path.endsWith("/deployments") ? DEPLOYMENT : "";
      return new MockResponse.Builder()
          .body("{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [%s]}".formatted(items))
          .build();
    }
  }
}
