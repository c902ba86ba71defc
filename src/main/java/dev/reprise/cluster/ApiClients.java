package dev.reprise.cluster;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the API server. Made at the first call, so that we start without a cluster,
 * and made anew when the certificate authority or the kubeconfig has changed. For any thread.
 */
final class ApiClients implements ApiConnection.Source {

  private static final Logger LOGGER = LoggerFactory.getLogger(ApiClients.class);

  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMinutes(1);

  private final KubernetesProperties properties;
  private final ClusterAccess access;
  private final String version;
  private final ServerClock clock;
  private final LongSupplier nanoTime;
  private @Nullable Made made;
  private long lookedAt;

  private record Made(String material, ApiConnection connection) {}

  /**
   * @param version ours, for the User-Agent
   * @param clock hears the Date of each answer
   */
  ApiClients(
      KubernetesProperties properties,
      ClusterAccess access,
      String version,
      ServerClock clock,
      LongSupplier nanoTime) {
    this.properties = properties;
    this.access = access;
    this.version = version;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized ApiConnection connection() throws ApiConnection.NoneKnown {
    Made last = made;
    if (last != null && nanoTime.getAsLong() - lookedAt < LOOK_AGAIN_AFTER.toNanos()) {
      return last.connection();
    }
    lookedAt = nanoTime.getAsLong();
    try {
      Made now = renewed(last);
      made = now;
      return now.connection();
    } catch (IOException | RuntimeException e) {
      if (last == null) {
        throw new ApiConnection.NoneKnown(e);
      }
      LOGGER.atWarn().setCause(e).log("The way to the API server cannot be read; as before");
      return last.connection();
    }
  }

  private Made renewed(@Nullable Made last) throws IOException {
    String material = access.material();
    if (last != null && last.material().equals(material)) {
      return last;
    }
    return new Made(material, connect());
  }

  private ApiConnection connect() throws IOException {
    // The client's own part: address, trust and our certificate, as the kubeconfig has them.
    ApiClient client = access.builder().build();
    HttpUrl server = HttpUrl.get(client.getBasePath());
    BearerToken token = new BearerToken(access, nanoTime);
    OkHttpClient requests =
        client
            .getHttpClient()
            .newBuilder()
            .connectTimeout(properties.connectTimeout())
            .readTimeout(properties.requestTimeout())
            .writeTimeout(properties.requestTimeout())
            .callTimeout(properties.requestTimeout())
            .pingInterval(properties.ping())
            // OkHttp would send a PATCH again whose answer was lost, and hide it (measured).
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .addInterceptor(token)
            .authenticator(token)
            .addNetworkInterceptor(new SentMark())
            .addNetworkInterceptor(clock)
            .addNetworkInterceptor(chain -> withoutRetryAfterZero(chain.proceed(chain.request())))
            .build();
    return new ApiConnection(server, "reprise/" + version, requests, watches(requests));
  }

  /** OkHttp sends again, whatever it was, what is answered with 503 and "Retry-After: 0". */
  private static Response withoutRetryAfterZero(Response response) {
    return response.code() == 503 && "0".equals(response.header("Retry-After"))
        ? response.newBuilder().header("Retry-After", "1").build()
        : response;
  }

  /**
   * The time-out of a single read is what notices a watch that has gone silent. Connections of
   * their own, so that a watch that hangs takes no request with it.
   */
  private OkHttpClient watches(OkHttpClient requests) {
    return requests
        .newBuilder()
        .callTimeout(Duration.ZERO)
        .readTimeout(properties.watchSilence())
        .connectionPool(new ConnectionPool(5, 5, TimeUnit.MINUTES))
        .build();
  }
}
