package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaderElectorTests {

  private static final LeaderProperties PROPERTIES =
      new LeaderProperties(
          "reprise", null, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  private final FakeApiServer server = new FakeApiServer();
  private final FakeLeases leases = new FakeLeases();
  private final HandTiming time = new HandTiming();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final LeaderElector a = elector("a", time.timing());
  private final LeaderElector b = elector("b", time.timing());

  @BeforeEach
  void serve() {
    server.answerBy(leases);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void leadsWhenThereIsNoLeaseYet() {
    a.attempt();

    assertThat(a.isLeader()).isTrue();
    assertThat(told).containsExactly("a started");
    assertThat(leases.spec())
        .hasToString(
            "{\"leaseTransitions\":0,\"acquireTime\":\"2026-09-29T10:00:00.000000Z\","
                + "\"holderIdentity\":\"a\",\"leaseDurationSeconds\":15,"
                + "\"renewTime\":\"2026-09-29T10:00:00.000000Z\"}");
  }

  @Test
  void leavesALeaseAloneThatIsRenewed() {
    for (int i = 0; i < 20; i++) {
      a.attempt();
      b.attempt();
      pass(2);
    }

    assertThat(a.isLeader()).isTrue();
    assertThat(b.isLeader()).isFalse();
    assertThat(b.isLed()).isTrue();
    assertThat(leases.spec().get("leaseTransitions").getAsInt()).isZero();
    assertThat(leases.spec().get("acquireTime").getAsString())
        .isEqualTo("2026-09-29T10:00:00.000000Z");
    assertThat(told).containsExactly("a started");
  }

  @Test
  void takesOverAtTheFirstTryAfterTheLeaseHasExpired() {
    a.attempt();
    b.attempt();
    pass(14);
    b.attempt();
    assertThat(b.isLeader()).as("before the end of the Lease").isFalse();

    pass(1);
    b.attempt();

    assertThat(b.isLeader()).isTrue();
    assertThat(a.isLeader()).isFalse();
    assertThat(leases.holder()).isEqualTo("b");
    assertThat(leases.spec().get("leaseTransitions").getAsInt()).isOne();
  }

  @Test
  void stopsToLeadBeforeAnotherMayBegin() {
    a.attempt();
    b.attempt();

    pass(10);

    assertThat(a.isLeader()).isFalse();
    b.attempt();
    assertThat(b.isLeader()).isFalse();
    assertThat(b.isLed()).isTrue();
  }

  @Test
  void leadsOnWhileTheServerIsAwayForLessThanTheDeadline() {
    a.attempt();
    leases.setDown(true);
    pass(9);
    a.attempt();
    assertThat(a.isLeader()).isTrue();

    pass(1);
    assertThat(a.isLeader()).isFalse();
    a.attempt();

    assertThat(told).containsExactly("a started", "a stopped");
  }

  @Test
  void beginsAnewWhenItRenewedTooLate() {
    a.attempt();
    pass(12);

    a.attempt();

    assertThat(a.isLeader()).isTrue();
    assertThat(told).containsExactly("a started", "a stopped", "a started");
  }

  @Test
  void countsItsTermFromBeforeTheWrite() {
    leases.beforeNextWrite(() -> pass(9));
    a.attempt();
    assertThat(a.isLeader()).isTrue();

    pass(1);

    assertThat(a.isLeader()).isFalse();
  }

  @Test
  void neverMakesTwoLeadersOfAConflict() {
    a.attempt();
    b.attempt();
    pass(15);
    leases.beforeNextWrite(b::attempt);

    a.attempt();

    assertThat(b.isLeader()).isTrue();
    assertThat(a.isLeader()).isFalse();
    assertThat(told).containsExactly("a started", "b started", "a stopped");
  }

  @Test
  void stopsAtOnceWhenAnotherHoldsTheLease() {
    a.attempt();
    leases.put("{\"holderIdentity\":\"c\",\"leaseDurationSeconds\":15}");

    a.attempt();

    assertThat(a.isLeader()).isFalse();
    assertThat(told).containsExactly("a started", "a stopped");
  }

  @Test
  void leadsOnlyOnceItKnowsThatItsWriteLanded() {
    leases.put("{\"holderIdentity\":\"\"}");
    leases.loseAnswersToWrites(true);
    a.attempt();
    assertThat(leases.holder()).isEqualTo("a");
    assertThat(a.isLeader()).isFalse();

    leases.loseAnswersToWrites(false);
    a.attempt();

    assertThat(a.isLeader()).isTrue();
  }

  @Test
  void takesALeaseAtFirstSightThatExpiredLongAgo() {
    leases.put(
        "{\"holderIdentity\":\"gone\",\"leaseDurationSeconds\":15,\"leaseTransitions\":4,"
            + "\"renewTime\":\"2026-09-29T09:59:29.000000Z\"}");

    a.attempt();

    assertThat(a.isLeader()).isTrue();
    assertThat(leases.spec().get("leaseTransitions").getAsInt()).isEqualTo(5);
  }

  @Test
  void waitsForALeaseThatMayStillBeHeldWhenItStarts() {
    leases.put(
        "{\"holderIdentity\":\"c\",\"leaseDurationSeconds\":15,"
            + "\"renewTime\":\"2026-09-29T09:59:40.000000Z\"}");

    a.attempt();

    assertThat(a.isLeader()).isFalse();
  }

  @Test
  void isNotMisledByAJumpOfAClock() {
    a.attempt();
    b.attempt();
    leases.clock = leases.clock.plus(Duration.ofHours(1));
    b.attempt();
    assertThat(b.isLeader()).isFalse();

    leases.clock = leases.clock.minus(Duration.ofHours(2));
    a.attempt();
    b.attempt();

    assertThat(a.isLeader()).isTrue();
    assertThat(b.isLeader()).isFalse();
  }

  @Test
  void givesTheLeaseUpAfterItsWorkHasStopped() throws Exception {
    BlockingQueue<String> order = new LinkedBlockingQueue<>();
    LeaderElector stopping =
        elector(
            "s",
            sleeping(),
            new LeaderElector.Guarded() {
              @Override
              public void onStarted() {
                order.add("started");
              }

              @Override
              public void onStopped() {
                order.add("stopped while held by " + leases.holder());
              }
            });
    stopping.start();
    assertThat(order.poll(10, TimeUnit.SECONDS)).isEqualTo("started");

    stopping.stop();

    assertThat(order).containsExactly("stopped while held by s");
    assertThat(leases.holder()).isEmpty();
    assertThat(stopping.isLeader()).isFalse();
    b.attempt();
    assertThat(b.isLeader()).as("at once").isTrue();
  }

  @Test
  void leavesTheLeaseOfAnotherAloneWhenItStops() throws Exception {
    a.attempt();
    LeaderElector follower = elector("f", sleeping());
    follower.start();

    follower.stop();

    assertThat(leases.holder()).isEqualTo("a");
  }

  @Test
  void leavesLeadingToOthersWhenItsWorkCannotBegin() {
    LeaderElector failing =
        elector(
            "x",
            time.timing(),
            new LeaderElector.Guarded() {
              @Override
              public void onStarted() {
                throw new IllegalStateException("cannot begin");
              }

              @Override
              public void onStopped() {
                told.add("x stopped");
              }
            });

    failing.attempt();

    assertThat(failing.isLeader()).isFalse();
    assertThat(told).containsExactly("x stopped");
    assertThat(leases.holder()).isEmpty();
  }

  private void pass(int seconds) {
    time.pass(Duration.ofSeconds(seconds));
    leases.clock = leases.clock.plusSeconds(seconds);
  }

  /** Waits until interrupted. */
  private Timing sleeping() {
    return new Timing(
        time.timing().nanoTime(), _ -> new CountDownLatch(1).await(), time.timing().random());
  }

  private LeaderElector elector(String identity, Timing timing) {
    return elector(
        identity,
        timing,
        new LeaderElector.Guarded() {
          @Override
          public void onStarted() {
            told.add(identity + " started");
          }

          @Override
          public void onStopped() {
            told.add(identity + " stopped");
          }
        });
  }

  private LeaderElector elector(String identity, Timing timing, LeaderElector.Guarded guarded) {
    return new LeaderElector(server.api(timing), "reprise", identity, PROPERTIES, guarded, timing);
  }
}
