package dev.reprise.cluster;

import dev.reprise.restart.Leadership;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** This replica's standing for leader, for as long as it runs. */
@Component
class Candidacy implements Leadership, SmartLifecycle {

  private final KubernetesApi api;
  private final LeaderProperties properties;
  private final Timing timing;
  private final List<Work> works = new CopyOnWriteArrayList<>();
  private volatile @Nullable LeaderElector elector;

  Candidacy(KubernetesApi api, LeaderProperties properties, Timing timing) {
    this.api = api;
    this.properties = properties;
    this.timing = timing;
  }

  @Override
  public boolean isLeader() {
    LeaderElector standing = elector;
    return standing != null && standing.isLeader();
  }

  @Override
  public void whileLeading(Work guarded) {
    works.add(guarded);
  }

  @Override
  public void start() {
    LeaderElector standing =
        new LeaderElector(
            api, properties.namespaceOrOurs(), identity(), properties, new Term(), timing);
    elector = standing;
    standing.start();
  }

  @Override
  public void stop() {
    LeaderElector standing = elector;
    try {
      if (standing != null) {
        standing.stop();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      elector = null;
    }
  }

  @Override
  public boolean isRunning() {
    return elector != null;
  }

  /** After the watches have begun, and given up before they end. */
  @Override
  public int getPhase() {
    return ClusterLifecycle.PHASE + 1;
  }

  private final class Term implements LeaderElector.Guarded {

    @Override
    public void onStarted() {
      works.forEach(Work::start);
    }

    @Override
    public void onStopped() {
      works.reversed().forEach(Work::stop);
    }
  }

  /** Told apart from every other replica and from this one before, should its pod start anew. */
  private static String identity() {
    return host() + "_" + UUID.randomUUID();
  }

  static String host() {
    try {
      return Objects.requireNonNullElse(
          System.getenv("HOSTNAME"), InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException _) {
      return "unknown-host";
    }
  }
}
