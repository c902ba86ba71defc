package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeteredConnectionsTests {

  private static final ApiPath POD = new ApiResource("", "v1", "pods").in("shop").named("web-1");

  private final FakeApiServer server = new FakeApiServer();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ApiConnection plain = server.connection(Duration.ofSeconds(30));

  @AfterEach
  void close() {
    server.close();
  }

  private KubernetesApi api(ApiConnection connection) {
    return new KubernetesApi(
        new MeteredConnections(() -> connection, registry),
        FakeApiServer.properties(),
        new HandTiming().timing());
  }

  @Test
  void timesACallByVerbResourceAndStatus() {
    server.answer(200, "{}");

    api(plain).get(POD);

    assertThat(registry.get("reprise.api.requests").timers())
        .singleElement()
        .satisfies(timer -> {
          assertThat(timer.count()).isEqualTo(1);
          assertThat(timer.getId().getTags())
              .extracting(tag -> tag.getKey() + "=" + tag.getValue())
              .containsExactly("resource=pods", "status=200", "verb=Get");
        });
  }

  @Test
  void tellsAnEvictionFromItsPod() {
    server.refuse(429, "TooManyRequests", "no");

    catchThrowableOfType(
        ApiFailure.class,
        () -> api(plain).create(POD.subresource("eviction"), FakeApiServer.json("{}")));

    assertThat(registry.get("reprise.api.requests").timers())
        .extracting(timer -> timer.getId().getTag("resource"))
        .containsOnly("pods/eviction");
  }

  @Test
  void countsWhatGotNoAnswer() {
    ApiConnection nowhere =
        new ApiConnection(
            HttpUrl.get("http://localhost:1/"), "test", plain.requests(), plain.watches());

    catchThrowableOfType(ApiFailure.class, () -> api(nowhere).get(POD));

    assertThat(registry.get("reprise.api.requests").tag("status", "none").timers())
        .extracting(Timer::count)
        .allMatch(count -> count > 0);
  }

  @Test
  void keepsItsConnectionsWhileTheOthersStay() throws Exception {
    MeteredConnections metered = new MeteredConnections(() -> plain, registry);

    assertThat(metered.connection().requests()).isSameAs(metered.connection().requests());
  }
}
