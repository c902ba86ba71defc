package dev.reprise.scenario;

import static org.awaitility.Awaitility.await;

import dev.reprise.RepriseApplication;
import dev.reprise.testcluster.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A replica of the service in a process of its own, so that it can be killed for real. */
final class Replica implements AutoCloseable {

  private final Process process;
  private final int port;

  private Replica(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it answers. */
  static Replica start(Path kubeconfig, String namespace) throws IOException {
    int port = Ports.free();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RepriseApplication.class.getName()));
    command.addAll(Service.arguments(kubeconfig, namespace));
    command.add("--server.port=" + port);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "replica-" + port + ".log").toFile())
            .start();
    Replica replica = new Replica(process, port);
    try {
      replica.caller().awaitReady();
      return replica;
    } catch (Throwable e) {
      replica.kill();
      throw e;
    }
  }

  Caller caller() {
    return new Caller(URI.create("http://localhost:" + port));
  }

  /** SIGKILL: nothing is tidied up. Returns when it has ended. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Waits until it has been killed. */
  void awaitEnd() {
    await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive());
  }

  @Override
  public void close() {
    kill();
  }
}
