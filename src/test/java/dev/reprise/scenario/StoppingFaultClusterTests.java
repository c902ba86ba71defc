package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.Ports;
import dev.reprise.testcluster.TestCluster;
import dev.reprise.testcluster.Toxiproxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, while somebody else keeps the service waiting. */
@ClusterTest
@EnabledIf("dev.reprise.testcluster.Provider#isLocal")
@ExtendWith(FaultTable.Extension.class)
class StoppingFaultClusterTests {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private TestCluster cluster;
  private Namespace namespace;
  private FaultTable table;

  @BeforeEach
  void install(TestCluster cluster, Namespace namespace, FaultTable table) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.table = table;
    Service.install(cluster);
  }

  @Test
  void endsThoughACallerReadsNothing() throws IOException {
    try (Replica stopping = Replica.start(cluster.kubeconfig(), namespace.name());
        Socket _ = deaf(stopping.caller().address(), "/v3/api-docs")) {
      assertEndsInTime(stopping, "a caller reads nothing");
    }
  }

  /** It has a server of its own. */
  @Test
  void endsThoughACallerOfTheManagementPortReadsNothing() throws IOException {
    int port = Ports.free();
    try (Replica stopping =
            Replica.start(
                cluster.kubeconfig(), namespace.name(), "--management.server.port=" + port);
        Socket _ = deaf(URI.create("http://localhost:" + port), "/actuator/sbom/application")) {
      assertEndsInTime(stopping, "a caller of the management port reads nothing");
    }
  }

  /** A caller waits for what is read live, and then the Lease can't be given up. */
  @Test
  void endsThoughTheApiServerIsSilent(@TempDir Path folder) throws IOException {
    Path own = Files.copy(cluster.kubeconfig(), folder.resolve("kubeconfig"));
    Workloads workloads = new Workloads(namespace);
    workloads.create(deployment("web"));
    try (Toxiproxy network = Toxiproxy.before(cluster.apiServer());
        Replica leader =
            Replica.start(
                network.kubeconfig(own, cluster.apiServer()),
                namespace.name(),
                "--reprise.leader.lease-duration=60s",
                "--reprise.leader.renew-deadline=50s")) {
      Caller caller = leader.caller();
      caller.begin(namespace.name(), "Deployment", "web");
      network.silence();
      CompletableFuture<Answer> _ =
          CompletableFuture.supplyAsync(
              () -> caller.restart(namespace.name(), "Deployment", "web"),
              Thread::startVirtualThread);
      await().atMost(PATIENCE).until(() -> caller.secondsOfOldestOpenCall() > 1);

      assertEndsInTime(leader, "the API server is silent");
      assertThat(
              namespace
                  .kubectl()
                  .run("get", "lease", "reprise", "-o", "jsonpath={.spec.holderIdentity}"))
          .as("nobody could give it up")
          .isNotEmpty();
    }
  }

  @Test
  void endsThoughNobodyTakesItsTraces() throws IOException {
    try (ServerSocket collector = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Replica stopping =
            Replica.start(
                cluster.kubeconfig(),
                namespace.name(),
                "--management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:%d/v1/traces"
                    .formatted(collector.getLocalPort()))) {
      stopping.caller().get("/restarts");

      assertEndsInTime(stopping, "nobody takes traces");
    }
  }

  private void assertEndsInTime(Replica stopping, String meanwhile) {
    Duration taken = stopping.stop();
    table.add(
        26,
        "stopped (SIGTERM) while %s, ended after %d ms".formatted(meanwhile, taken.toMillis()),
        Tally.NONE);
    assertThat(taken).isLessThan(Duration.ofSeconds(5));
  }

  /**
   * Asks for more than what the buffers of a connection hold, so that a write has to wait; and no
   * more often than Tomcat answers on one connection, which is a hundred times. Returns when
   * nothing more comes.
   */
  private static Socket deaf(URI service, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
    String request = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, service.getAuthority());
    socket.getOutputStream().write(request.repeat(90).getBytes(StandardCharsets.US_ASCII));
    AtomicInteger before = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .during(Duration.ofSeconds(1))
        .until(() -> {
          int come = socket.getInputStream().available();
          return before.getAndSet(come) == come && come > 0;
        });
    return socket;
  }
}
