package dev.reprise.scenario;

import static org.awaitility.Awaitility.await;

import dev.reprise.RepriseApplication;
import dev.reprise.testcluster.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A replica of the service in a process of its own, so that it can be killed for real. */
public final class Replica implements AutoCloseable {

  private static final Pattern MOST_RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private final Process process;
  private final int port;

  private Replica(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it is ready. */
  static Replica start(Path kubeconfig, String namespace, String... more) throws IOException {
    return start(kubeconfig, namespace, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), more);
  }

  /** Starts it with these options of the JVM and waits until it is ready. */
  public static Replica start(Path kubeconfig, String namespace, List<String> jvm, String... more)
      throws IOException {
    int port = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), RepriseApplication.class.getName()));
    command.addAll(Service.arguments(kubeconfig, namespace, more));
    command.add("--server.port=" + port);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "replica-" + port + ".log").toFile())
            .start();
    Replica replica = new Replica(process, port);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try {
      replica.caller().awaitReady();
      return replica;
    } catch (Throwable e) {
      replica.kill();
      throw e;
    }
  }

  /** The process it runs in. */
  public Process process() {
    return process;
  }

  /**
   * The most memory it has had so far in MB, heap and all else; 0 where the system doesn't tell.
   */
  long mostResident() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    Matcher most = MOST_RESIDENT.matcher(Files.readString(status));
    return most.find() ? Long.parseLong(most.group(1)) / 1024 : 0;
  }

  public Caller caller() {
    return new Caller(URI.create("http://localhost:" + port));
  }

  /** SIGKILL: nothing is tidied up. Returns when it has ended. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM: it ends as it does when its pod is deleted. */
  void terminate() {
    process.destroy();
  }

  /** SIGTERM, and how long it took until it had ended. */
  Duration stop() {
    long asked = System.nanoTime();
    terminate();
    awaitEnd();
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  /** SIGSTOP: it stands still, and keeps its connections. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT: it goes on as if nothing had been. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      int exit =
          new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + signal + " of " + process + ": " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
