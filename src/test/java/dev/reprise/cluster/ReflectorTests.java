package dev.reprise.cluster;

import static dev.reprise.cluster.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReflectorTests {

  private static final ApiResource RESTARTS = new ApiResource("reprise.dev", "v1", "restarts");

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private Reflector<String> reflector = reflector(Duration.ofSeconds(30));

  @AfterEach
  void close() {
    reflector.stop();
    server.close();
  }

  @Test
  void listsThenWatchesFromThere() throws Exception {
    server.list("10", object("shop", "a", "1"));
    WatchBody watch = server.watch();
    reflector.start();

    assertThat(next()).isEqualTo("shop/a null -> 1");
    assertThat(server.request().getUrl().queryParameter("watch")).isNull();
    RecordedRequest request = server.request();
    assertThat(request.getUrl().queryParameter("watch")).isEqualTo("true");
    assertThat(request.getUrl().queryParameter("resourceVersion")).isEqualTo("10");
    assertThat(request.getUrl().queryParameter("allowWatchBookmarks")).isEqualTo("true");
    assertThat(Integer.parseInt(request.getUrl().queryParameter("timeoutSeconds")))
        .isBetween(300, 600);

    watch.send("ADDED", object("shop", "b", "11"));
    watch.send("MODIFIED", object("shop", "a", "12"));
    watch.send("DELETED", object("shop", "b", "13"));
    assertThat(next()).isEqualTo("shop/b null -> 11");
    assertThat(next()).isEqualTo("shop/a 1 -> 12");
    assertThat(next()).isEqualTo("shop/b 11 -> null");
    assertThat(reflector.all()).containsExactly("12");
  }

  @Test
  void isSyncedAfterTheFirstWholeList() throws Exception {
    server.answer(
        200,
        "{\"metadata\":{\"resourceVersion\":\"10\",\"continue\":\"more\"},\"items\":[%s]}"
            .formatted(object("shop", "a", "1")));
    reflector.start();
    next();
    assertThat(reflector.isSynced()).as("after the first page").isFalse();

    server.list("10", object("shop", "b", "2"));

    assertThat(reflector.awaitSynced(Duration.ofSeconds(10))).isTrue();
    assertThat(reflector.all()).containsExactly("1", "2");
  }

  @Test
  void tellsNamespacesApart() throws Exception {
    server.list("10", object("a", "x", "1"), object("b", "x", "2"), object("b-b", "x", "3"));
    reflector.start();
    reflector.awaitSynced(Duration.ofSeconds(10));

    assertThat(reflector.inNamespace("b")).containsExactly("2");
    assertThat(reflector.get("a", "x")).contains("1");
    assertThat(reflector.get("a", "y")).isEmpty();
  }

  @Test
  void resumesWatchAfterBookmark() throws Exception {
    WatchBody watch = synced("10");
    watch.bookmark("20").end();
    server.watch();

    assertThat(server.request().getUrl().queryParameter("resourceVersion")).isEqualTo("20");
  }

  @Test
  void resumesWatchAfterItsLastEventWhenCutOff() throws Exception {
    WatchBody watch = synced("10");
    watch.send("ADDED", object("shop", "a", "11")).cutOff();
    WatchBody second = server.watch();

    assertThat(server.request().getUrl().queryParameter("resourceVersion")).isEqualTo("11");
    second.send("MODIFIED", object("shop", "a", "12"));
    assertThat(next()).isEqualTo("shop/a null -> 11");
    assertThat(next()).isEqualTo("shop/a 11 -> 12");
    assertThat(server.requestCount()).as("list and two watches").isEqualTo(3);
  }

  @Test
  void resumesWatchThatFellSilent() throws Exception {
    reflector = reflector(Duration.ofMillis(400));
    SilentAfterABookmark fake = new SilentAfterABookmark();
    server.answerBy(fake);
    reflector.start();

    assertThat(next())
        .as("what only a watch from the bookmark on tells")
        .isEqualTo("shop/a null -> 21");
    reflector.stop();
    fake.end();
  }

  /** However often a watch from 10 falls silent before its bookmark came, the next one is alike. */
  private static final class SilentAfterABookmark extends Dispatcher {
    private final List<WatchBody> watches = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      HttpUrl asked = request.getUrl();
      if (asked.queryParameter("watch") == null) {
        return new MockResponse.Builder()
            .body("{\"metadata\":{\"resourceVersion\":\"10\"},\"items\":[]}")
            .build();
      }
      WatchBody watch = new WatchBody();
      watches.add(watch);
      if (ended) {
        watch.end();
      }
      if ("10".equals(asked.queryParameter("resourceVersion"))) {
        watch.bookmark("20");
      } else if ("20".equals(asked.queryParameter("resourceVersion"))) {
        watch.send("ADDED", object("shop", "a", "21"));
      }
      return new MockResponse.Builder().body((MockResponseBody) watch).build();
    }

    /** The server can't be closed while a watch is open. */
    void end() {
      ended = true;
      watches.forEach(WatchBody::end);
    }
  }

  @Test
  void watchesAgainAtOnceWhenTheWatchLastedItsTime() throws Exception {
    WatchBody watch = synced("10");
    time.pass(Duration.ofMinutes(6));
    watch.end();
    server.watch();

    server.request();
    assertThat(time.waits).isEmpty();
  }

  @Test
  void listsAnewAfter410WhenOpeningTheWatch() throws Exception {
    server.list("10", object("shop", "a", "1"), object("shop", "b", "2"));
    server.refuse(410, "Expired", "too old resource version");
    server.list("30", object("shop", "b", "2"), object("shop", "c", "25"));
    server.watch();
    reflector.start();

    assertThat(next()).isEqualTo("shop/a null -> 1");
    assertThat(next()).isEqualTo("shop/b null -> 2");
    assertThat(next()).isEqualTo("shop/c null -> 25");
    assertThat(next()).as("what vanished meanwhile").isEqualTo("shop/a 1 -> null");
    server.request();
    server.request();
    assertThat(server.request().getUrl().queryParameter("watch")).isNull();
    assertThat(server.request().getUrl().queryParameter("resourceVersion")).isEqualTo("30");
  }

  @Test
  void listsAnewAfter410AmidTheEvents() throws Exception {
    WatchBody watch = synced("10");
    watch.send("ERROR", "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}").end();
    server.list("30", object("shop", "a", "25"));
    server.watch();

    assertThat(next()).isEqualTo("shop/a null -> 25");
    assertThat(server.request().getUrl().queryParameter("watch")).isNull();
    assertThat(server.request().getUrl().queryParameter("resourceVersion")).isEqualTo("30");
  }

  @Test
  void comesBackSlowerEachTime() throws Exception {
    for (int i = 0; i < 7; i++) {
      server.refuse(403, "Forbidden", "may not list");
    }
    server.list("10");
    reflector.start();

    reflector.awaitSynced(Duration.ofSeconds(10));
    assertThat(time.waits)
        .map(Duration::toMillis)
        .containsExactly(800L, 1600L, 3200L, 6400L, 10000L, 10000L, 10000L);
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    server.list("10");
    server.answer(
        FakeApiServer.refusal(429, "TooManyRequests", "later")
            .addHeader("Retry-After", 17)
            .build());
    server.watch();
    reflector.start();

    server.request();
    server.request();
    assertThat(server.request().getUrl().queryParameter("resourceVersion")).isEqualTo("10");
    assertThat(time.waits).containsExactly(Duration.ofSeconds(17));
  }

  @Test
  void doesNotSpinWhenEachWatchEndsAtOnce() throws Exception {
    server.list("10");
    for (int i = 0; i < 4; i++) {
      server.watch().end();
    }
    reflector.start();

    for (int i = 0; i < 6; i++) {
      server.request();
    }
    assertThat(time.waits).map(Duration::toMillis).containsExactly(800L, 1600L, 3200L, 6400L);
  }

  @Test
  void goesOnWhereItWasAfterTheServerWasAway() throws Exception {
    WatchBody watch = synced("10");
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.watch();
    watch.bookmark("11").end();

    server.request();
    assertThat(server.request().getUrl().queryParameter("resourceVersion")).isEqualTo("11");
  }

  @Test
  void noticesAKindThatComesLater() throws Exception {
    server.answer(404, "404 page not found\n");
    server.list("10", object("shop", "a", "1"));
    reflector.start();

    assertThat(next()).isEqualTo("shop/a null -> 1");
    assertThat(time.waits).containsExactly(Duration.ofSeconds(30));
    reflector.awaitSynced(Duration.ofSeconds(10));
    server.watch();
    server.request();
    server.request();
    server.request();
    assertThat(reflector.isAbsent()).isFalse();
  }

  @Test
  void knowsThatNothingIsThereWhileTheKindIsAbsent() throws Exception {
    synced("10").send("ADDED", object("shop", "a", "11")).end();
    assertThat(next()).isEqualTo("shop/a null -> 11");
    server.answer(404, "404 page not found\n");

    assertThat(next()).isEqualTo("shop/a 11 -> null");
    server.request();
    server.answer(404, "404 page not found\n");
    server.request();
    assertThat(reflector.isAbsent()).isTrue();
    assertThat(reflector.isSynced()).isTrue();
  }

  @Test
  void saysWhyItIsNotSynced() throws Exception {
    server.refuse(403, "Forbidden", "may not list");
    reflector.start();
    server.request();
    server.request();

    assertThat(reflector.isSynced()).isFalse();
    assertThat(reflector.lastFailure()).isNotNull();
    assertThat(reflector.lastFailure().code()).isEqualTo(403);
    assertThat(reflector.awaitSynced(Duration.ZERO)).isFalse();
  }

  @Test
  void saysForHowLongNothingWasHeard() throws Exception {
    synced("10").send("ADDED", object("shop", "a", "11")).end();
    // The next watch has been asked for, so what came before is done with.
    server.request();
    time.pass(Duration.ofMinutes(2));
    assertThat(reflector.silence()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));

    WatchBody watch = server.watch().send("ADDED", object("shop", "b", "12"));
    next();
    next();
    time.pass(Duration.ofMinutes(2));
    watch.send("ADDED", object("shop", "c", "13")).send("ADDED", object("shop", "d", "14"));
    next();
    next();

    assertThat(reflector.silence()).as("with c done").isZero();
  }

  @Test
  void survivesAListenerAndAnObjectThatFail() throws Exception {
    reflector.listen((key, _, _) -> {
      throw new IllegalStateException("listener, at " + key);
    });
    WatchBody watch = synced("10");
    watch.send("ADDED", object("shop", "bad", "11"));
    watch.send("ADDED", object("shop", "good", "12"));

    assertThat(next()).isEqualTo("shop/good null -> 12");
    assertThat(reflector.get("shop", "bad")).isEmpty();
  }

  @Test
  void tellsNothingOfAnObjectThatIsStillTheSame() throws Exception {
    server.list("10", object("shop", "a", "1"));
    server.refuse(410, "Expired", "too old resource version");
    server.list("30", object("shop", "a", "1"), object("shop", "b", "2"));
    reflector.start();

    assertThat(next()).isEqualTo("shop/a null -> 1");
    assertThat(next()).isEqualTo("shop/b null -> 2");
  }

  @Test
  void keepsWhatWeWroteAfterTheListWasTakenUntilItsDeletionIsSeen() throws Exception {
    WatchBody watch = synced("10");
    reflector.wrote(FakeApiServer.json(object("shop", "ours", "21")));
    watch.send("ERROR", "{\"kind\":\"Status\",\"code\":410,\"reason\":\"Expired\"}").end();
    server.list("20", object("shop", "a", "15"));
    WatchBody second = server.watch();

    assertThat(next()).isEqualTo("shop/ours null -> 21");
    assertThat(next()).isEqualTo("shop/a null -> 15");
    server.request();
    server.request();
    assertThat(reflector.all()).containsExactly("15", "21");
    second.send("ADDED", object("shop", "ours", "21"));
    second.send("DELETED", object("shop", "ours", "22"));
    assertThat(next()).isEqualTo("shop/ours 21 -> null");
  }

  @Test
  void bringsNothingBackThatTheWatchIsPast() throws Exception {
    WatchBody watch = synced("10");
    watch.bookmark("20").end();
    server.watch();
    // The next watch has been asked for, so the bookmark is done with.
    server.request();

    reflector.wrote(FakeApiServer.json(object("shop", "gone", "19")));

    assertThat(reflector.all()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @Test
  void fallsSilentWhenStoppedAndWhenNoLongerListenedTo() throws Exception {
    BlockingQueue<String> other = new LinkedBlockingQueue<>();
    Reflector.Listening listening = reflector.listen((key, _, _) -> other.add(key.name()));
    WatchBody watch = synced("10");
    watch.send("ADDED", object("shop", "a", "11"));
    next();
    listening.close();
    watch.send("ADDED", object("shop", "b", "12"));
    next();
    reflector.stop();
    watch.send("ADDED", object("shop", "c", "13"));

    assertThat(other).containsExactly("a");
    assertThat(heard.poll(100, TimeUnit.MILLISECONDS)).isNull();
    assertThat(server.requestCount()).isEqualTo(2);
  }

  /** Starts with an empty list and the first watch, both of them asked for already. */
  private WatchBody synced(String resourceVersion) throws InterruptedException {
    server.list(resourceVersion);
    WatchBody watch = server.watch();
    reflector.start();
    server.request();
    server.request();
    return watch;
  }

  private Reflector<String> reflector(Duration silence) {
    KubernetesApi api = server.api(time.timing(), silence);
    Reflector<String> made =
        new Reflector<>(
            api, RESTARTS.everywhere(), Selection.ALL, ReflectorTests::trim, time.timing());
    made.listen((key, before, after) -> heard.add(key + " " + before + " -> " + after));
    return made;
  }

  private static String trim(JsonObject object) {
    JsonObject metadata = object.getAsJsonObject("metadata");
    if (metadata.get("name").getAsString().equals("bad")) {
      throw new IllegalArgumentException("bad");
    }
    return metadata.get("resourceVersion").getAsString();
  }

  private String next() throws InterruptedException {
    String change = heard.poll(10, TimeUnit.SECONDS);
    assertThat(change).as("a change").isNotNull();
    return change;
  }
}
