package dev.reprise.testcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback interface, each given out once by this JVM. */
public final class Ports {
  // Below the range from which the system takes ports of outgoing connections: while the API
  // server is down, a client that keeps connecting to a port of that range may end up connected to
  // itself and hold the port.
  private static final int FIRST = 20_000;
  private static final int LAST = 30_000;

  // Whoever asked may not listen yet.
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  public static int free() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (!GIVEN.add(port)) {
        continue;
      }
      try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException _) {
        // taken, try another
      }
    }
    throw new ClusterFailure("No free port found from " + FIRST + " to " + LAST);
  }
}
