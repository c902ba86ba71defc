package dev.reprise.cluster;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Agrees with the other replicas on one leader, by a Lease. Whether a holder has fallen silent is
 * told by what this replica saw change and its monotonic clock; no wall clock of ours is asked. Two
 * may believe to lead for a moment all the same, if one of them was held up after it had asked:
 * each step of a leader has to be one that the API server refuses when it comes too late.
 *
 * <p>https://pkg.go.dev/k8s.io/client-go/tools/leaderelection tells the same of Kubernetes' own.
 */
final class LeaderElector {

  private static final Logger LOGGER = LoggerFactory.getLogger(LeaderElector.class);

  /**
   * Of the five seconds within which the service stops, after two for calls under way. Whoever
   * can't be told waits for the Lease to end, as after a kill.
   */
  private static final Duration STOPPING = Duration.ofSeconds(2);

  /** The part of that in which the Lease is given up. */
  private static final Duration GIVING_UP = Duration.ofSeconds(1);

  private final KubernetesApi api;
  private final ApiPath path;
  private final String name;
  private final String identity;
  private final LeaderProperties properties;
  private final Timing timing;
  private final Guarded guarded;
  private final Thread thread;
  private final Object stopping = new Object();

  private volatile boolean stopped;
  private volatile @Nullable Long renewedAt;
  private volatile @Nullable Observed observed;

  /** The work that only a leader does. */
  interface Guarded {

    /** This replica leads from now on; the Lease is not renewed before this returns. */
    void onStarted();

    /** It leads no longer; returns when nothing of the work is going on any more. */
    void onStopped();
  }

  /** The Lease when it was last seen changed. */
  private record Observed(Lease lease, long at) {}

  /**
   * @param namespace where the Lease is
   * @param identity of this replica, which no other has, nor this one before
   */
  LeaderElector(
      KubernetesApi api,
      String namespace,
      String identity,
      LeaderProperties properties,
      Guarded guarded,
      Timing timing) {
    // Twice in a term at least there shall be an answer, or another try.
    this.api = api.within(properties.renewDeadline().dividedBy(2));
    this.name = properties.name();
    this.path = Lease.RESOURCE.in(namespace).named(name);
    this.identity = identity;
    this.properties = properties;
    this.guarded = guarded;
    this.timing = timing;
    this.thread = Thread.ofVirtual().name("leader").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Ends the work, then gives the Lease up, so that another replica need not wait for its end.
   * Returns after two seconds at most, though the work may go on then.
   */
  void stop() throws InterruptedException {
    synchronized (stopping) {
      stopped = true;
      thread.interrupt();
    }
    if (thread.getState() != Thread.State.NEW && !thread.join(STOPPING)) {
      LOGGER.atWarn().log("The work of a leader does not stop; the Lease was not given up");
    }
  }

  /** Whether this replica leads now. */
  boolean isLeader() {
    Long since = renewedAt;
    return since != null && timing.since(since).compareTo(properties.renewDeadline()) < 0;
  }

  /** Whether any replica leads, as far as this one knows. */
  boolean isLed() {
    Observed last = observed;
    return last != null && !last.lease().holder().isEmpty() && !isExpired(last);
  }

  private void run() {
    while (!stopped) {
      attempt();
      await(pause());
    }
    synchronized (stopping) {
      // The interruption was for the waiting; giving the Lease up must not suffer from it.
      Thread.interrupted();
    }
    if (renewedAt != null) {
      endTerm();
      release(GIVING_UP);
    }
  }

  /** One try to get or to renew the Lease. */
  void attempt() {
    try {
      boolean firstSight = observed == null;
      ApiAnswer answer = read();
      Lease lease = new Lease(answer.body());
      Observed seen = observe(lease);
      if (lease.holder().equals(identity)
          || isExpired(seen)
          || (firstSight && isLongExpired(lease, answer.serverTime()))) {
        hold(lease, answer.serverTime());
      } else {
        endTerm();
      }
    } catch (RuntimeException e) {
      LOGGER.atInfo().addKeyValue("cause", e.getMessage()).log("The Lease was not renewed");
      if (!isLeader()) {
        endTerm();
      }
    }
  }

  private ApiAnswer read() {
    try {
      return api.get(path);
    } catch (ApiFailure failure) {
      if (failure.code() != 404) {
        throw failure;
      }
      return api.create(path.collection(), Lease.named(name).object());
    }
  }

  private Observed observe(Lease lease) {
    Observed last = observed;
    if (last != null && last.lease().resourceVersion().equals(lease.resourceVersion())) {
      return last;
    }
    Observed seen = new Observed(lease, timing.now());
    observed = seen;
    return seen;
  }

  private boolean isExpired(Observed seen) {
    return seen.lease().holder().isEmpty()
        || timing.since(seen.at()).compareTo(duration(seen.lease())) >= 0;
  }

  /**
   * Saves a replica that has just started the wait for a holder that is gone for long. Both times
   * are the API server's; twice the duration, since there may be several of them.
   */
  private boolean isLongExpired(Lease lease, Instant now) {
    Instant renewed = lease.renewed();
    return renewed != null && renewed.plus(duration(lease).multipliedBy(2)).isBefore(now);
  }

  private Duration duration(Lease lease) {
    return lease.duration().isPositive() ? lease.duration() : properties.leaseDuration();
  }

  private void hold(Lease lease, Instant now) {
    // From before the write, so that we never lead for longer than the others wait.
    long asked = timing.now();
    Lease held = lease.heldBy(identity, properties.leaseDuration(), now);
    observed = new Observed(new Lease(api.replace(path, held.object()).body()), asked);
    if (!isLeader()) {
      // Renewed too late: the work may have stopped on its own, and has to begin anew.
      endTerm();
    }
    boolean begins = renewedAt == null;
    renewedAt = asked;
    if (begins) {
      beginTerm();
    }
  }

  private void beginTerm() {
    LOGGER.atInfo().addKeyValue("identity", identity).log("Leading");
    try {
      guarded.onStarted();
    } catch (RuntimeException e) {
      // The end of the loop tidies up what it was stopped amid.
      if (!stopped) {
        LOGGER.atError().setCause(e).log("Leading failed; another replica may try");
        endTerm();
        release(properties.renewDeadline());
      }
    }
  }

  private void endTerm() {
    if (renewedAt == null) {
      return;
    }
    renewedAt = null;
    LOGGER.atInfo().addKeyValue("identity", identity).log("No longer leading");
    try {
      guarded.onStopped();
    } catch (RuntimeException e) {
      LOGGER.atError().setCause(e).log("The work of a leader did not stop well");
    }
  }

  private void release(Duration atMost) {
    long began = timing.now();
    try {
      Lease lease = new Lease(api.within(atMost).get(path).body());
      if (lease.holder().equals(identity)) {
        api.within(atMost.minus(timing.since(began))).replace(path, lease.released().object());
      }
    } catch (RuntimeException e) {
      LOGGER.atInfo().addKeyValue("cause", e.getMessage()).log("The Lease was not given up");
    }
  }

  /** Followers not all at once, and one of them at the moment when the Lease ends. */
  private Duration pause() {
    Duration usual = properties.retryPeriod();
    Observed last = observed;
    if (isLeader() || last == null) {
      return usual;
    }
    Duration left = duration(last.lease()).minus(timing.since(last.at()));
    Duration pause = usual.plusNanos((long) (usual.toNanos() * 0.5 * timing.random().nextDouble()));
    return left.isPositive() && left.compareTo(pause) < 0 ? left : pause;
  }

  private void await(Duration pause) {
    try {
      timing.waiter().await(pause);
    } catch (InterruptedException e) {
      // Only stop() interrupts this thread, and the loop looks at what it has set.
      Thread.currentThread().interrupt();
    }
  }
}
