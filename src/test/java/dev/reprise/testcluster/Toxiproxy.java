package dev.reprise.testcluster;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A toxiproxy of one's own, which makes the faults of a network on whatever passes through it. */
public final class Toxiproxy implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Process process;
  private final Proxy proxy;

  private Toxiproxy(Process process, Proxy proxy) {
    this.process = process;
    this.proxy = proxy;
  }

  /** Builds it if need be, and puts it in front of a server. */
  public static Toxiproxy before(URI server) {
    int control = Ports.free();
    try {
      Process process =
          new ProcessBuilder(
                  Binaries.toxiproxy().toString(), "-host", "127.0.0.1", "-port", control + "")
              .redirectErrorStream(true)
              .redirectOutput(Path.of("target", "toxiproxy-" + control + ".log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      awaitHealthy(process, URI.create("http://127.0.0.1:" + control + "/version"));
      return new Toxiproxy(
          process,
          new ToxiproxyClient("127.0.0.1", control)
              .createProxy("server", "127.0.0.1:" + Ports.free(), server.getAuthority()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitHealthy(Process process, URI endpoint) {
    Health health = new Health();
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!health.isGood(endpoint)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new ClusterFailure("toxiproxy does not answer at " + endpoint);
      }
      try {
        process.waitFor(Duration.ofMillis(50));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ClusterFailure("Interrupted while waiting for toxiproxy", e);
      }
    }
  }

  /**
   * A kubeconfig that leads through it.
   *
   * @param kubeconfig one that leads to the server itself, whose certificate holds for any port
   */
  public Path kubeconfig(Path kubeconfig, URI server) {
    try {
      return Files.writeString(
          kubeconfig.resolveSibling(kubeconfig.getFileName() + "-through-" + proxy.getName()),
          Files.readString(kubeconfig)
              .replace(server.toString(), server.getScheme() + "://" + proxy.getListen()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on nothing comes back from the server, though connections stay open. */
  public void silence() {
    make(toxics -> toxics.timeout("silence", ToxicDirection.DOWNSTREAM, 0));
  }

  /** From now on each connection is reset when something is about to come back from the server. */
  public void reset() {
    make(toxics -> toxics.resetPeer("reset", ToxicDirection.DOWNSTREAM, 0));
  }

  private void make(Fault fault) {
    try {
      fault.make(proxy.toxics());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Fault {
    void make(ToxicList toxics) throws IOException;
  }

  /** Everything passes again. */
  public void heal() {
    try {
      for (Toxic toxic : proxy.toxics().getAll()) {
        toxic.remove();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
