package dev.reprise.cluster;

import dev.reprise.restart.AuditLog;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartGroup;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a Restart begins and how it ends: by a line of the log, and by an Event on the
 * workload. Of each of these a status is written, under the resourceVersion of the one before;
 * whoever knows to have written it tells. So it is told once, or not at all when the answer to that
 * write was lost: the Restart itself tells in any case.
 */
final class AuditTrail {

  private static final Logger LOGGER = LoggerFactory.getLogger(AuditTrail.class);

  /** Of a large group, the Events must not get in the way of its restarts. */
  private static final int AT_ONCE = 4;

  private final KubernetesApi api;
  private final String replica;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * @param replica by which name the Events say who wrote them
   */
  AuditTrail(KubernetesApi api, String replica) {
    this.api = api;
    this.replica = replica;
  }

  /**
   * Doesn't wait for the Event, and doesn't fail for want of it. Of what restarts nothing there is
   * nothing to tell.
   */
  void tell(Restart before, Restart now) {
    if (before.phase() != now.phase() && !now.isBaseline()) {
      AuditLog.reached(now);
      Thread.ofVirtual().name("event of " + now.key()).start(() -> write(now));
    }
  }

  /** A group has no workload of its own that an Event could be on. */
  void tell(RestartGroup before, RestartGroup now) {
    if (before.phase() != now.phase()) {
      AuditLog.reached(now);
    }
  }

  private void write(Restart restart) {
    places.acquireUninterruptibly();
    try {
      api.create(
          Resources.NEW_EVENTS.in(restart.key().namespace()),
          RestartEvent.object(restart, replica));
    } catch (ApiFailure failure) {
      // A conflict: it is there, and the answer to the first attempt was lost.
      if (failure.code() != 409) {
        LOGGER
            .atWarn()
            .addKeyValue("restart", restart.key())
            .addKeyValue("event", RestartEvent.reason(restart))
            .addKeyValue("failure", String.valueOf(failure.getMessage()))
            .log("The Event was not written");
      }
    } finally {
      places.release();
    }
  }
}
