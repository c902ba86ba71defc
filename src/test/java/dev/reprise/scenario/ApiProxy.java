package dev.reprise.scenario;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reprise.testcluster.TestCluster;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the service and the real API server and makes the faults of a network: answers
 * that get lost, a server that is away. Also the place where a test learns that a request has just
 * taken effect.
 */
public final class ApiProxy implements AutoCloseable {

  private static final Set<String> NOT_FORWARDED =
      Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "authorization");

  private final HttpClient client;
  private final URI target;
  private final @Nullable String token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<HttpExchange> open = ConcurrentHashMap.newKeySet();
  private final List<Aftermath> aftermaths = new CopyOnWriteArrayList<>();
  private final List<Predicate<Request>> unknown = new CopyOnWriteArrayList<>();
  private final List<Instead> instead = new CopyOnWriteArrayList<>();
  private final List<Request> seen = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  /**
   * What the service asked.
   *
   * @param nanoTime when it came
   */
  public record Request(String method, String path, String body, long nanoTime) {}

  /** An answer of the API server that it can't be made to give. */
  record Canned(int status, Map<String, String> headers, String body) {}

  private record Instead(Predicate<Request> matching, Canned answer) {}

  private record Aftermath(Predicate<Request> matching, Runnable then, boolean isLost) {}

  static {
    // Otherwise the JDK's server waits 40 ms for more before it sends the rest of an answer.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private ApiProxy(URI target, @Nullable String token, KeyManager @Nullable [] certificates)
      throws IOException, GeneralSecurityException {
    this.target = target;
    this.token = token;
    this.client = HttpClient.newBuilder().sslContext(trusting(certificates)).build();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static ApiProxy before(TestCluster cluster) {
    try (Reader reader = Files.newBufferedReader(cluster.kubeconfig())) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      config.setFile(cluster.kubeconfig().toFile());
      Map<String, String> credentials = config.getCredentials();
      String token = credentials == null ? null : credentials.get(KubeConfig.CRED_TOKEN_KEY);
      KeyManager[] certificates = ClientBuilder.kubeconfig(config).build().getKeyManagers();
      if (token == null && certificates == null) {
        throw new IllegalStateException(
            "The current user of %s has neither a token nor a client certificate, and the proxy"
                    .formatted(cluster.kubeconfig())
                + " between service and API server knows no other way in");
      }
      return new ApiProxy(cluster.apiServer(), token, certificates);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** A kubeconfig that leads to this proxy. */
  public Path kubeconfig(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("kubeconfig-" + server.getAddress().getPort()),
"""
apiVersion: v1
kind: Config
clusters: [{name: proxy, cluster: {server: "http://localhost:%d"}}]
users: [{name: nobody, user: {}}]
contexts: [{name: proxy, context: {cluster: proxy, user: nobody}}]
current-context: proxy
"""
              .formatted(server.getAddress().getPort()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next matching request takes effect, but its answer is lost. */
  void loseAnswer(Predicate<Request> matching, Runnable then) {
    aftermaths.add(new Aftermath(matching, then, true));
  }

  /** Between the next matching request's effect and its answer, something else happens. */
  void afterNext(Predicate<Request> matching, Runnable then) {
    aftermaths.add(new Aftermath(matching, then, false));
  }

  /** Matching requests are answered as the API server answers for a kind that it doesn't have. */
  void pretendNotToKnow(Predicate<Request> matching) {
    unknown.add(matching);
  }

  /** The next matching request does not take effect, and is answered so. */
  void answerNext(Predicate<Request> matching, Canned answer) {
    instead.add(new Instead(matching, answer));
  }

  /** Whether connections, open ones too, are broken as if the API server had gone. */
  void away(boolean gone) {
    away = gone;
    if (gone) {
      open.forEach(HttpExchange::close);
    }
  }

  /** The requests that came so far. */
  public List<Request> seen() {
    return List.copyOf(seen);
  }

  private void handle(HttpExchange exchange) throws IOException {
    open.add(exchange);
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              System.nanoTime());
      seen.add(request);
      if (away) {
        return;
      }
      if (unknown.stream().anyMatch(matching -> matching.test(request))) {
        answer(exchange, new Canned(404, Map.of(), "404 page not found\n"));
        return;
      }
      for (Instead one : instead) {
        if (one.matching().test(request) && instead.remove(one)) {
          answer(exchange, one.answer());
          return;
        }
      }
      HttpResponse<InputStream> answer =
          client.send(forwarded(exchange, request), BodyHandlers.ofInputStream());
      for (Aftermath aftermath : aftermaths) {
        if (aftermath.matching().test(request) && aftermaths.remove(aftermath)) {
          aftermath.then().run();
          if (aftermath.isLost()) {
            return;
          }
        }
      }
      pass(answer, exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(exchange);
    }
  }

  private static void answer(HttpExchange exchange, Canned answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private HttpRequest forwarded(HttpExchange exchange, Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target.resolve(request.path()))
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!NOT_FORWARDED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> builder.header(name, value));
          }
        });
    return builder.build();
  }

  private static void pass(HttpResponse<InputStream> answer, HttpExchange exchange)
      throws IOException {
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!name.startsWith(":") && !name.equalsIgnoreCase("content-length")) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    exchange.sendResponseHeaders(answer.statusCode(), 0);
    byte[] buffer = new byte[8192];
    try (InputStream in = answer.body();
        OutputStream out = exchange.getResponseBody()) {
      // The headers too are buffered, and a watch may have nothing to say for a minute.
      out.flush();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  /** The test cluster's certificate is its own; what is tested here is not TLS. */
  private static SSLContext trusting(KeyManager @Nullable [] certificates)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(certificates, new TrustManager[] {new TrustsAll()}, new SecureRandom());
    return context;
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
