package dev.reprise.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.reprise.testcluster.TestCluster;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Where the numbers come from, without which they say nothing. */
final class Machine {

  private Machine() {}

  static String describe(TestCluster cluster) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%s: %d cores, %d GB of memory, load %.1f at the beginning; %s %s (%s); Kubernetes %s (%s)."
            + " Cluster, service and benchmark share the machine.%n",
        LocalDate.now(ZoneOffset.UTC),
        system.getAvailableProcessors(),
        Math.round(system.getTotalMemorySize() / 1e9),
        system.getSystemLoadAverage(),
        System.getProperty("java.vendor.version"),
        Runtime.version(),
        System.getProperty("os.name"),
        new PlainClient(cluster).get("/version").path("gitVersion").asString(""),
        cluster.getClass().getSimpleName());
  }
}
