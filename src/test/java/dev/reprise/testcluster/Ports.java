package dev.reprise.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback interface, each given out once by this JVM, and by no other one as
 * long as this one runs: whoever asked may not listen yet when the other one looks.
 */
public final class Ports {
  // Below the range from which the system takes ports of outgoing connections: while the API
  // server is down, a client that keeps connecting to a port of that range may end up connected to
  // itself and hold the port.
  private static final int FIRST = 20_000;
  private static final int LAST = 30_000;

  // By a file for each port: the system lets go of a lock however the JVM ends.
  private static final Path LOCKS =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "reprise-test-ports-" + System.getProperty("user.name"));

  // Open as long as the JVM runs; only to be reachable.
  private static final Map<Integer, FileChannel> GIVEN = new HashMap<>();

  private Ports() {}

  public static int free() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (lock(port) && isUnused(port)) {
        return port;
      }
    }
    throw new ClusterFailure("No free port found from " + FIRST + " to " + LAST);
  }

  /** Makes a port ours alone; false when this or another JVM has given it out. */
  static synchronized boolean lock(int port) {
    // Not even opened then: closing any channel of a file lets go of our locks on it (POSIX).
    if (GIVEN.containsKey(port)) {
      return false;
    }
    try {
      Files.createDirectories(LOCKS);
      FileChannel file =
          FileChannel.open(
              LOCKS.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (file.tryLock() == null) {
        file.close();
        return false;
      }
      GIVEN.put(port, file);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isUnused(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
