package dev.reprise.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Times each call to the API server until its answer begins, by what was asked for and the status
 * of the answer. Names and namespaces are left out: there may be thousands of them.
 */
final class MeteredConnections implements ApiConnection.Source, Interceptor {

  private final ApiConnection.Source source;
  private final MeterRegistry registry;
  private @Nullable Pair last;

  private record Pair(ApiConnection plain, ApiConnection metered) {}

  MeteredConnections(ApiConnection.Source source, MeterRegistry registry) {
    this.source = source;
    this.registry = registry;
  }

  @Override
  public synchronized ApiConnection connection() throws ApiConnection.NoneKnown {
    ApiConnection plain = source.connection();
    Pair known = last;
    if (known == null || !known.plain().equals(plain)) {
      known =
          new Pair(
              plain,
              new ApiConnection(
                  plain.server(),
                  plain.userAgent(),
                  metered(plain.requests()),
                  metered(plain.watches())));
      last = known;
    }
    return known.metered();
  }

  private OkHttpClient metered(OkHttpClient client) {
    return client.newBuilder().addInterceptor(this).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    ApiRequest request = chain.request().tag(ApiRequest.class);
    Timer.Sample began = Timer.start(registry);
    String status = "none";
    try {
      Response response = chain.proceed(chain.request());
      status = String.valueOf(response.code());
      return response;
    } finally {
      if (request != null) {
        began.stop(timer(request, status));
      }
    }
  }

  private Timer timer(ApiRequest request, String status) {
    String part = request.path().subresource();
    String resource = request.path().resource().plural() + (part == null ? "" : "/" + part);
    return Timer.builder("reprise.api.requests")
        .description("Calls to the API server, until the answer begins; status none: no answer")
        .tag("verb", request.verb().name())
        .tag("resource", resource)
        .tag("status", status)
        .register(registry);
  }
}
