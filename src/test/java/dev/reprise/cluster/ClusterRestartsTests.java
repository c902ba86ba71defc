package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.Created;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartKey;
import dev.reprise.restart.RestartSpec;
import dev.reprise.restart.Samples;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterRestartsTests {

  private static final RestartKey KEY = Samples.key("checkout-7k2m9x");
  private static final RestartKey OTHER = Samples.key("billing-4hx2p");

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final KubernetesApi api = server.api(time.timing());
  private final BlockingQueue<RestartKey> heard = new LinkedBlockingQueue<>();
  private RestartObjects objects;
  private ClusterRestarts restarts = covering(Set.of());

  @AfterEach
  void close() {
    objects.watched().stop();
    server.close();
  }

  @Test
  void hasWhatItWroteWithoutWaitingForTheWatch() throws Exception {
    watching();
    server.answer(201, restart("12"));
    server.answer(200, restart("13"));

    Restart created = created(restarts.create(KEY, Samples.spec(Samples.WEB)));
    assertThat(restarts.cached(KEY)).contains(created);
    Restart written = restarts.updateStatus(created, created.status()).orElseThrow();

    assertThat(written.resourceVersion()).isEqualTo("13");
    assertThat(restarts.cached(KEY)).contains(written);
    assertThat(heard).containsExactly(KEY, KEY);
  }

  @Test
  void tellsOfItsOwnWriteOnce() throws Exception {
    WatchBody watch = watching();
    server.answer(201, restart("12"));
    restarts.create(KEY, Samples.spec(Samples.WEB));

    watch.send("ADDED", restart("12")).send("DELETED", restart("13")).end();
    server.watch();
    server.request();
    // The next watch has been asked for, so what came before is done with.
    server.request();

    assertThat(heard).as("created and deleted").containsExactly(KEY, KEY);
    assertThat(restarts.cached(KEY)).isEmpty();
  }

  @Test
  void keepsNothingOfANamespaceThatItDoesNotCover() throws Exception {
    restarts = covering(Set.of("elsewhere"));
    watching();
    server.answer(201, restart("12"));

    restarts.create(KEY, Samples.spec(Samples.WEB));

    assertThat(restarts.cached(KEY)).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void saysThatSomethingMayHaveChangedThoughItCannotFindOut() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    for (int attempt = 0; attempt < 20; attempt++) {
      server.refuse(503, "ServiceUnavailable", "Shutting down");
    }

    assertThatThrownBy(() -> restarts.create(KEY, Samples.spec(Samples.WEB)))
        .isInstanceOfSatisfying(
            ClusterUnavailable.class,
            unavailable -> assertThat(unavailable.maybeChanged()).isTrue());
  }

  @Test
  void cancelsWhatNobodyHasChangedSince() throws Exception {
    server.answer(200, restart("9", true));

    Optional<AnyRestart> cancelled = restarts.cancel(read("7"));

    assertThat(cancelled.orElseThrow().isToBeCancelled()).isTrue();
    assertThat(server.request().getBody().utf8())
        .isEqualTo("{\"metadata\":{\"resourceVersion\":\"7\"},\"spec\":{\"cancel\":true}}");
  }

  @Test
  void cancelsNothingThatSomebodyHasChangedSince() {
    server.refuse(409, "Conflict", "the object has been modified");

    assertThat(restarts.cancel(read("7"))).isEmpty();
  }

  @Test
  void findsOutThatItIsCancelledThoughTheAnswerWasLost() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.answer(200, restart("8", true));

    assertThat(restarts.cancel(read("7")).orElseThrow().resourceVersion()).isEqualTo("8");
  }

  @Test
  void saysThatItMayBeCancelledWhenTheAnswerWasLostAndItIsNotYet() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.answer(200, restart("7", false));

    assertThatThrownBy(() -> restarts.cancel(read("7")))
        .isInstanceOfSatisfying(
            ClusterUnavailable.class,
            unavailable -> assertThat(unavailable.maybeChanged()).isTrue());
  }

  private static Restart read(String resourceVersion) {
    return RestartMapping.restart(FakeApiServer.json(restart(resourceVersion, false)));
  }

  private static String restart(String resourceVersion) {
    return restart(resourceVersion, false);
  }

  private static String restart(String resourceVersion, boolean cancel) {
    return restart(KEY, resourceVersion, cancel);
  }

  private static String restart(RestartKey key, String resourceVersion, boolean cancel) {
    String object =
"""
{"metadata": {"namespace": "%s", "name": "%s", "uid": "u", "resourceVersion": "%s",
  "creationTimestamp": "2026-11-24T03:00:00Z"},
 "spec": {"kind": "Deployment", "name": "checkout", "cancel": %s}}
"""
            .formatted(key.namespace(), key.name(), resourceVersion, cancel);
    // On one line, as a watch has it.
    return FakeApiServer.json(object).toString();
  }

  private static String recorded(String resourceVersion) {
    String status = "{\"phase\":\"Pending\",\"reason\":\"Accepted\",\"message\":\"\"}";
    return restart(resourceVersion).replaceFirst("}$", ",\"status\":" + status + "}");
  }

  @Test
  void showsByTheStatusThatARestartIsItsOwn() throws Exception {
    restarts = covering(Set.of(), RestartsByOthers.Ignore);
    watching(recorded("11").replace(KEY.name(), OTHER.name()));
    server.answer(201, restart("12"));
    server.answer(200, recorded("13"));

    Restart created = created(restarts.create(KEY, Samples.spec(Samples.WEB)));

    server.request();
    assertThat(server.request().getBody().utf8())
        .startsWith("{\"metadata\":{\"resourceVersion\":\"12\"},\"status\":{\"phase\":\"Pending\"");
    assertThat(created.resourceVersion()).isEqualTo("13");
    assertThat(restarts.cached(KEY)).contains(created);
    assertThat(heard).as("when it was recorded").containsExactly(KEY);
  }

  @Test
  void hidesWhatSomebodyElseWrote() throws Exception {
    restarts = covering(Set.of(), RestartsByOthers.Ignore);
    WatchBody watch = watching(recorded("11").replace(KEY.name(), OTHER.name()));
    RestartKey last = Samples.key("last");
    watch
        .send("ADDED", restart("12"))
        .send("ADDED", recorded("13").replace(KEY.name(), last.name()));
    assertThat(heard.poll(10, TimeUnit.SECONDS)).as("the next that counts").isEqualTo(last);
    server.answer(200, restart("12"));

    assertThat(restarts.cached(KEY)).isEmpty();
    assertThat(restarts.everything()).hasSize(2);
    assertThat(restarts.unfinished()).hasSize(2);
    assertThat(restarts.readLive(KEY)).isEmpty();
  }

  @Test
  void takesOverItsOwnWhoseAnswerWasLost() {
    restarts = covering(Set.of(), RestartsByOthers.Ignore);
    server.refuse(409, "AlreadyExists", "there is one");
    server.answer(200, asked("12", Samples.spec(Samples.WEB)));
    server.answer(200, recorded("13"));

    assertThat(restarts.create(KEY, Samples.spec(Samples.WEB)))
        .isInstanceOfSatisfying(
            Created.Present.class,
            present -> assertThat(present.there().resourceVersion()).isEqualTo("13"));
  }

  @Test
  void leavesANameToSomebodyElseWhoAskedForSomethingElse() {
    restarts = covering(Set.of(), RestartsByOthers.Ignore);
    server.refuse(409, "AlreadyExists", "there is one");
    server.answer(200, restart("12"));

    assertThatThrownBy(() -> restarts.create(KEY, Samples.spec(Samples.WEB)))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("taken by one that somebody else wrote");
    assertThat(server.requestCount()).isEqualTo(2);
  }

  /** As the API server has it after our create. */
  private static String asked(String resourceVersion, RestartSpec spec) {
    JsonObject object = RestartMapping.object(KEY, spec);
    JsonObject metadata = object.getAsJsonObject("metadata");
    metadata.addProperty("uid", "u");
    metadata.addProperty("resourceVersion", resourceVersion);
    metadata.addProperty("creationTimestamp", "2026-11-24T03:00:00Z");
    return object.toString();
  }

  @Test
  void refusesToReadWhatThisVersionDoesNotKnow() {
    server.answer(
        200,
        """
        {"metadata": {"namespace": "demo", "name": "later", "uid": "u", "resourceVersion": "1",
          "creationTimestamp": "2026-11-24T03:00:00Z"},
         "spec": {"kind": "CronJob", "name": "nightly"}}
        """);

    assertThatThrownBy(() -> restarts.readLive(Samples.key("later")))
        .isInstanceOf(ClusterRefused.class)
        .hasMessageContaining("demo/later");
  }

  private static Restart created(Created<Restart> created) {
    return ((Created.New<Restart>) created).restart();
  }

  private ClusterRestarts covering(Set<String> namespaces) {
    return covering(namespaces, RestartsByOthers.Accept);
  }

  private ClusterRestarts covering(Set<String> namespaces, RestartsByOthers byOthers) {
    objects =
        new RestartObjects(api, new ReflectorFactory(api, namespaces, time.timing()), byOthers);
    ClusterRestarts made =
        new ClusterRestarts(objects, new DryRequests(api), new AuditTrail(api, "reprise-0"));
    made.listen(heard::add);
    return made;
  }

  /** Starts with an empty list at 10, and with a watch that has told of another Restart at 11. */
  private WatchBody watching() throws InterruptedException {
    return watching(restart(OTHER, "11", false));
  }

  private WatchBody watching(String another) throws InterruptedException {
    server.list("10");
    WatchBody watch = server.watch().send("ADDED", another);
    objects.watched().start();
    // Answers go to who asks first: from now on that is no longer the watch.
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(OTHER);
    server.request();
    server.request();
    return watch;
  }
}
