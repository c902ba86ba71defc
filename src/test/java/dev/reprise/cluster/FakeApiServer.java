package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Gives the answers it was told to, in order; when there is none left it stays silent. */
final class FakeApiServer implements AutoCloseable {

  private final MockWebServer server = new MockWebServer();
  private final Protocol protocol;
  private final List<WatchBody> watches = new ArrayList<>();

  FakeApiServer() {
    this(Protocol.H2_PRIOR_KNOWLEDGE);
  }

  FakeApiServer(Protocol protocol) {
    this.protocol = protocol;
    server.setProtocols(List.of(protocol));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link ApiClients} makes it, but for the protocol and the token. */
  ApiConnection connection(Duration silence) {
    OkHttpClient requests =
        new OkHttpClient.Builder()
            .protocols(List.of(protocol))
            .retryOnConnectionFailure(false)
            .addNetworkInterceptor(new SentMark())
            .build();
    OkHttpClient watches = requests.newBuilder().readTimeout(silence).build();
    return new ApiConnection(url(), "reprise/test", requests, watches);
  }

  KubernetesApi api(Timing timing) {
    return api(timing, Duration.ofSeconds(30));
  }

  KubernetesApi api(Timing timing, Duration silence) {
    ApiConnection connection = connection(silence);
    return new KubernetesApi(() -> connection, properties(), timing);
  }

  static KubernetesProperties properties() {
    return new KubernetesProperties(
        null,
        null,
        Set.of(),
        "reprise",
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(15),
        Duration.ofSeconds(90),
        500,
        RestartsByOthers.Ignore,
        false);
  }

  HttpUrl url() {
    return server.url("/");
  }

  void answer(MockResponse response) {
    server.enqueue(response);
  }

  void answer(int code, String body) {
    answer(new MockResponse.Builder().code(code).body(body).build());
  }

  void answerBy(Dispatcher dispatcher) {
    server.setDispatcher(dispatcher);
  }

  void refuse(int code, String reason, String message) {
    answer(refusal(code, reason, message).build());
  }

  static MockResponse.Builder refusal(int code, String reason, String message) {
    String status =
        "{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":%d,\"reason\":\"%s\",\"message\":\"%s\"}";
    return new MockResponse.Builder().code(code).body(status.formatted(code, reason, message));
  }

  void list(String resourceVersion, String... items) {
    answer(
        200,
        "{\"metadata\":{\"resourceVersion\":\"%s\"},\"items\":[%s]}"
            .formatted(resourceVersion, String.join(",", items)));
  }

  /** Accepts the next watch. */
  WatchBody watch() {
    WatchBody body = new WatchBody();
    watches.add(body);
    answer(new MockResponse.Builder().body((MockResponseBody) body).build());
    return body;
  }

  static String object(String namespace, String name, String resourceVersion) {
    return "{\"metadata\":{\"namespace\":\"%s\",\"name\":\"%s\",\"resourceVersion\":\"%s\"}}"
        .formatted(namespace, name, resourceVersion);
  }

  static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }

  /** The next request, which must come soon. */
  RecordedRequest request() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).as("the next request").isNotNull();
    return request;
  }

  int requestCount() {
    return server.getRequestCount();
  }

  @Override
  public void close() {
    watches.forEach(WatchBody::end);
    server.close();
  }
}
