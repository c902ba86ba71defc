package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reprise.testcluster.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiClientsTests {

  private static final ApiPath POD = new ApiResource("", "v1", "pods").in("shop").named("p");

  @TempDir private Path directory;
  private final MockWebServer server = new MockWebServer();
  private final HandTiming time = new HandTiming();
  private final ServerClock clock =
      new ServerClock(InstantSource.fixed(Instant.EPOCH), time.timing().nanoTime());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void needsNoClusterBeforeTheFirstCall() {
    KubernetesApi api = api(new ClusterAccess.ServiceAccount(directory, Map.of()));

    ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> api.get(POD));

    assertThat(failure).hasMessageContaining("no way to the API server");
    assertThat(failure.code()).isZero();
    assertThat(failure.neverSent()).isTrue();
    assertThat(time.waits).as("waiting does not help").isEmpty();
  }

  @Test
  void saysWhatToConfigureOutsideOfACluster() throws Exception {
    Files.writeString(directory.resolve("ca.crt"), "");
    KubernetesApi api = api(new ClusterAccess.ServiceAccount(directory, Map.of()));

    ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> api.get(POD));

    assertThat(failure).hasMessageContaining("reprise.kubernetes.kubeconfig");
  }

  @Test
  void findsTheClusterLaterThanAtTheFirstCall() throws Exception {
    KubernetesApi api = api(kubeconfig(null));
    assertThat(catchThrowableOfType(ApiFailure.class, () -> api.get(POD))).isNotNull();

    server.start();
    writeKubeconfig("token: t1");
    answer();

    api.get(POD);
  }

  @Test
  void speaksHttp2ToAPodsApiServerWithItsTokenAndAuthority() throws Exception {
    KubernetesApi api = api(serviceAccount(TestCertificates.create(), "t1\n"));
    answer();

    api.get(POD);

    RecordedRequest request = request();
    assertThat(request.getVersion()).isEqualTo("HTTP/2");
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer t1");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("reprise/1.2.3");
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-09-29T10:15:30Z"));
  }

  @Test
  void readsTheTokenAnewAboutOnceAMinute() throws Exception {
    KubernetesApi api = api(serviceAccount(TestCertificates.create(), "t1"));
    answer();
    answer();
    answer();

    api.get(POD);
    Files.writeString(directory.resolve("token"), "t2");
    api.get(POD);
    time.pass(Duration.ofMinutes(1));
    api.get(POD);

    assertThat(token()).isEqualTo("Bearer t1");
    assertThat(token()).isEqualTo("Bearer t1");
    assertThat(token()).isEqualTo("Bearer t2");
  }

  @Test
  void keepsTheLastTokenWhileTheFileCannotBeRead() throws Exception {
    KubernetesApi api = api(serviceAccount(TestCertificates.create(), "t1"));
    answer();
    answer();

    api.get(POD);
    Files.delete(directory.resolve("token"));
    time.pass(Duration.ofMinutes(5));
    api.get(POD);

    assertThat(token()).isEqualTo("Bearer t1");
    assertThat(token()).isEqualTo("Bearer t1");
  }

  @Test
  void readsTheTokenAnewWhenItIsRefusedAndTriesOnceMore() throws Exception {
    KubernetesApi api = api(serviceAccount(TestCertificates.create(), "t1"));
    answer();
    api.get(POD);
    assertThat(token()).isEqualTo("Bearer t1");
    Files.writeString(directory.resolve("token"), "t2");
    unauthorized();
    unauthorized();

    ApiFailure failure =
        catchThrowableOfType(
            ApiFailure.class, () -> api.mergePatch(POD, FakeApiServer.json("{\"a\":1}")));

    assertThat(failure.code()).isEqualTo(401);
    assertThat(failure.outcomeUnknown()).isFalse();
    assertThat(token()).isEqualTo("Bearer t1");
    RecordedRequest second = request();
    assertThat(second.getHeaders().get("Authorization")).isEqualTo("Bearer t2");
    assertThat(second.getBody().utf8()).isEqualTo("{\"a\":1}");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void doesNotRepeatWithATokenThatWasJustRefused() throws Exception {
    KubernetesApi api = api(serviceAccount(TestCertificates.create(), "t1"));
    unauthorized();

    ApiFailure failure = catchThrowableOfType(ApiFailure.class, () -> api.get(POD));

    assertThat(failure.code()).isEqualTo(401);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void trustsANewAuthorityWithinAMinute() throws Exception {
    KubernetesApi api = api(serviceAccount(TestCertificates.create(), "t1"));
    answer();
    api.get(POD);
    int port = server.getPort();
    server.close();
    TestCertificates renewed = TestCertificates.create();
    try (MockWebServer later = new MockWebServer()) {
      later.useHttps(renewed.server());
      later.start(port);
      for (int i = 0; i < 2; i++) {
        later.enqueue(new MockResponse.Builder().body("{}").build());
      }
      ApiFailure untrusted =
          catchThrowableOfType(ApiFailure.class, () -> api.within(Duration.ofMillis(50)).get(POD));
      assertThat(untrusted.neverSent()).isTrue();

      Files.writeString(directory.resolve("ca.crt"), renewed.pem());
      time.pass(Duration.ofMinutes(1));
      api.get(POD);

      assertThat(later.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void takesTheNamedContextOfAKubeconfig() throws Exception {
    server.start();
    writeKubeconfig("token: t1");
    answer();
    answer();

    api(kubeconfig("other")).get(POD);
    api(kubeconfig(null)).get(POD);

    assertThat(token()).isEqualTo("Bearer other-token");
    assertThat(token()).isEqualTo("Bearer t1");
  }

  @Test
  void saysWhichContextIsMissing() throws Exception {
    server.start();
    writeKubeconfig("token: t1");

    ApiFailure failure =
        catchThrowableOfType(ApiFailure.class, () -> api(kubeconfig("gone")).get(POD));

    assertThat(failure).hasMessageContaining("no context 'gone'");
  }

  @Test
  void asksTheProgramThatAKubeconfigNames() throws Exception {
    server.start();
    Path program = directory.resolve("credentials");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",\
        "status":{"token":"from-program"}}'
        """);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    writeKubeconfig("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./credentials}");
    answer();

    api(kubeconfig(null)).get(POD);

    assertThat(token()).isEqualTo("Bearer from-program");
  }

  @Test
  void showsTheCertificateOfAKubeconfig() throws Exception {
    TestCertificates theirs = TestCertificates.create();
    TestCertificates ours = TestCertificates.create();
    server.useHttps(theirs.serverFor(ours));
    server.requireClientAuth();
    server.start();
    Files.writeString(directory.resolve("server.pem"), theirs.pem());
    Files.writeString(directory.resolve("client.pem"), ours.pem());
    Files.writeString(directory.resolve("client.key"), ours.keyPem());
    writeKubeconfig("client-certificate: client.pem\n    client-key: client.key");
    answer();

    api(kubeconfig(null)).get(POD);

    assertThat(request().getHandshake().peerCertificates()).containsExactly(ours.certificate());
  }

  @Test
  void leavesItToUsWhetherToSendAgainAfter503() throws Exception {
    server.start();
    writeKubeconfig("token: t1");
    server.enqueue(
        FakeApiServer.refusal(503, "ServiceUnavailable", "").addHeader("Retry-After", 0).build());

    ApiFailure failure =
        catchThrowableOfType(
            ApiFailure.class,
            () -> api(kubeconfig(null)).mergePatch(POD, FakeApiServer.json("{}")));

    assertThat(failure.code()).isEqualTo(503);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void saysWhenAFileIsNoKubeconfig() throws Exception {
    Files.writeString(directory.resolve("kubeconfig"), "just text");

    ApiFailure failure =
        catchThrowableOfType(ApiFailure.class, () -> api(kubeconfig(null)).get(POD));

    assertThat(failure).hasMessageContaining("is not a kubeconfig");
  }

  @Test
  void neverEndsAWatchButForSilence() throws Exception {
    server.start();
    writeKubeconfig("token: t1");

    ApiConnection connection = clients(kubeconfig(null)).connection();

    assertThat(connection.watches().callTimeoutMillis()).isZero();
    assertThat(connection.watches().readTimeoutMillis()).isEqualTo(90_000);
    assertThat(connection.watches().pingIntervalMillis()).isEqualTo(15_000);
    assertThat(connection.watches().connectionPool())
        .isNotSameAs(connection.requests().connectionPool());
    assertThat(connection.requests().callTimeoutMillis()).isEqualTo(10_000);
    assertThat(connection.requests().retryOnConnectionFailure()).isFalse();
  }

  private KubernetesApi api(ClusterAccess access) {
    return new KubernetesApi(clients(access), FakeApiServer.properties(), time.timing());
  }

  private ApiClients clients(ClusterAccess access) {
    return new ApiClients(
        FakeApiServer.properties(), access, "1.2.3", clock, time.timing().nanoTime());
  }

  private ClusterAccess serviceAccount(TestCertificates certificates, String token)
      throws Exception {
    server.useHttps(certificates.server());
    // Not one of the system's choice: when closed, it could be another's at once.
    server.start(Ports.free());
    Files.writeString(directory.resolve("ca.crt"), certificates.pem());
    Files.writeString(directory.resolve("token"), token);
    return new ClusterAccess.ServiceAccount(
        directory,
        Map.of(
            "KUBERNETES_SERVICE_HOST",
            "localhost",
            "KUBERNETES_SERVICE_PORT",
            Integer.toString(server.getPort())));
  }

  private ClusterAccess kubeconfig(@Nullable String context) {
    return new ClusterAccess.KubeconfigFile(directory.resolve("kubeconfig"), context);
  }

  private void writeKubeconfig(String user) throws IOException {
    String authority =
        Files.exists(directory.resolve("server.pem")) ? ", certificate-authority: server.pem" : "";
    Files.writeString(
        directory.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: usual
        clusters:
        - name: c
          cluster: {server: "%s"%s}
        contexts:
        - name: usual
          context: {cluster: c, user: u}
        - name: other
          context: {cluster: c, user: o}
        users:
        - name: u
          user:
            %s
        - name: o
          user: {token: other-token}
        """
            .formatted(server.url("/"), authority, user));
  }

  private void answer() {
    server.enqueue(
        new MockResponse.Builder()
            .body("{}")
            .addHeader("Date", "Tue, 29 Sep 2026 10:15:30 GMT")
            .build());
  }

  private void unauthorized() {
    server.enqueue(FakeApiServer.refusal(401, "Unauthorized", "Unauthorized").build());
  }

  private String token() throws InterruptedException {
    return request().getHeaders().get("Authorization");
  }

  private RecordedRequest request() throws InterruptedException {
    RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    return request;
  }
}
