package dev.reprise.bench;

import dev.reprise.testcluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Kubernetes client alone, on one warm HTTP/2 connection: as fast as it gets. */
final class PlainClient {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final OkHttpClient http;
  private final String server;

  PlainClient(TestCluster cluster) {
    try (Reader reader = Files.newBufferedReader(cluster.kubeconfig())) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      config.setFile(cluster.kubeconfig().toFile());
      ApiClient client = ClientBuilder.kubeconfig(config).build();
      String token = tokenOf(config);
      this.http =
          client
              .getHttpClient()
              .newBuilder()
              .addInterceptor(chain -> chain.proceed(withToken(chain.request(), token)))
              .build();
      this.server = client.getBasePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String tokenOf(KubeConfig config) {
    Map<String, String> credentials = config.getCredentials();
    return credentials == null ? "" : credentials.getOrDefault(KubeConfig.CRED_TOKEN_KEY, "");
  }

  private static Request withToken(Request request, String token) {
    return token.isEmpty()
        ? request
        : request.newBuilder().header("Authorization", "Bearer " + token).build();
  }

  static String restarts(String namespace) {
    return "/apis/reprise.dev/v1/namespaces/" + namespace + "/restarts";
  }

  static String deployments(String namespace) {
    return "/apis/apps/v1/namespaces/" + namespace + "/deployments";
  }

  JsonNode get(String path) {
    return JSON.readTree(text(path));
  }

  String text(String path) {
    return send(new Request.Builder().url(server + path).build());
  }

  JsonNode create(String path, String body) {
    return JSON.readTree(
        send(
            new Request.Builder().url(server + path).post(body(body, "application/json")).build()));
  }

  JsonNode mergePatch(String path, String body) {
    return JSON.readTree(
        send(
            new Request.Builder()
                .url(server + path)
                .patch(body(body, "application/merge-patch+json"))
                .build()));
  }

  /**
   * Gives each line of a watch to {@code line}, until the returned thing is closed. It begins with
   * all that there is, and so it does when the API server has ended it, as it does with who reads
   * too slowly.
   */
  AutoCloseable watch(String path, Consumer<String> line) throws IOException {
    AtomicBoolean isClosed = new AtomicBoolean();
    AtomicReference<Call> call = new AtomicReference<>(http.newCall(watchOf(path)));
    Response first = call.get().execute();
    Thread.ofVirtual()
        .start(() -> {
          read(first, line);
          while (!isClosed.get()) {
            call.set(http.newCall(watchOf(path)));
            try {
              read(call.get().execute(), line);
            } catch (IOException failed) {
              throw new UncheckedIOException(failed);
            }
          }
        });
    return () -> {
      isClosed.set(true);
      call.get().cancel();
    };
  }

  private Request watchOf(String path) {
    return new Request.Builder().url(server + path + "?watch=true").build();
  }

  private static void read(Response response, Consumer<String> line) {
    try (response;
        BufferedReader lines = new BufferedReader(response.body().charStream())) {
      lines.lines().forEach(line);
    } catch (IOException | UncheckedIOException _) {
      // closed, by either side
    }
  }

  private String send(Request request) {
    try (Response response = http.newCall(request).execute()) {
      String text = response.body().string();
      if (!response.isSuccessful()) {
        throw new IllegalStateException(request.url() + ": " + response.code() + " " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RequestBody body(String text, String type) {
    return RequestBody.create(text.getBytes(StandardCharsets.UTF_8), MediaType.get(type));
  }
}
