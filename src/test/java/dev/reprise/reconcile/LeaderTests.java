package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Leadership;
import dev.reprise.restart.Phase;
import dev.reprise.restart.Restart;
import dev.reprise.restart.RestartWaiting;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WhenBusy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaderTests {

  private final World world = new World();
  private final RestartWaiting waiting = new RestartWaiting(world.store);
  private final int listenersBefore = world.store.listeners();
  private final Leader leader =
      new Leader(
          world.store,
          world.store,
          world.workloads,
          new Lead(),
          Samples.PLANNER,
          Samples.EVERY_GROUP,
          Samples.OPEN,
          new Limits(100, 500),
          new Keeping(Duration.ofDays(7), 100),
          world.clock,
          world.clock::nanoTime,
          new Random(1),
          waiting);

  @AfterEach
  void stop() {
    leader.stop();
  }

  @Test
  void takesUpWhatIsUnfinished() throws Exception {
    Restart pending = world.pending("r-1", Samples.WEB);
    Restart begun = world.begun("r-2", Samples.CANARY);

    leader.start();

    assertThat(await(pending, Restart::isTriggeredOrFinished).status().landed()).isNotNull();
    assertThat(await(begun, Restart::isTriggeredOrFinished).status().landed()).isNotNull();
  }

  @Test
  void carriesOutWhatIsAskedForWhileItLeads() throws Exception {
    leader.start();
    Restart restart = world.pending("r-1", Samples.WEB);
    await(restart, Restart::isTriggeredOrFinished);
    world.rollOut(Samples.WEB);

    // The end of the rollout is a change of the workload, of which nobody tells but the watch.
    Restart ended = await(restart, Restart::isFinished);

    assertThat(ended.status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void wakesThoseThatWaitWhenTheOneBeforeHasEnded() throws Exception {
    leader.start();
    Restart first = awaitTriggered(world.pending("r-1", Samples.WEB));
    Restart second = world.pending("r-2", Samples.WEB, WhenBusy.Wait);
    Restart third = world.pending("r-3", Samples.WEB, WhenBusy.Wait);
    await(second, restart -> restart.status().isWaiting());
    await(third, restart -> restart.status().isWaiting());

    end(first);
    awaitTriggered(second);
    end(second);
    awaitTriggered(third);

    assertThat(world.workloads.triggers()).hasSize(3);
  }

  @Test
  void wakesThoseThatWaitWhenTheOneBeforeIsDeleted() throws Exception {
    leader.start();
    Restart first = awaitTriggered(world.pending("r-1", Samples.WEB));
    Restart second = world.pending("r-2", Samples.WEB, WhenBusy.Wait);
    await(second, restart -> restart.status().isWaiting());

    world.store.delete(first.key());

    awaitTriggered(second);
  }

  @Test
  void wakesThoseThatWaitWhenTheirPlaceIsTaken() throws Exception {
    leader.start();
    awaitTriggered(world.pending("r-1", Samples.WEB));
    Restart second = world.pending("r-2", Samples.WEB, WhenBusy.Wait);
    await(second, restart -> restart.status().isWaiting());
    world.clock.pass(Duration.ofSeconds(1));

    awaitTriggered(world.pending("r-3", Samples.WEB, WhenBusy.Supersede));

    assertThat(await(second, Restart::isFinished).status().phase()).isEqualTo(Phase.Superseded);
  }

  @Test
  void takesUpThoseThatWaitedForAnEarlierLeader() throws Exception {
    leader.start();
    Restart first = awaitTriggered(world.pending("r-1", Samples.WEB));
    Restart second = world.pending("r-2", Samples.WEB, WhenBusy.Wait);
    await(second, restart -> restart.status().isWaiting());
    leader.stop();

    leader.start();
    end(first);

    awaitTriggered(second);
  }

  private Restart awaitTriggered(Restart restart) throws InterruptedException {
    return await(restart, now -> now.status().landed() != null);
  }

  private void end(Restart restart) throws InterruptedException {
    world.rollOut(restart.target());
    await(restart, Restart::isFinished);
  }

  @Test
  void leavesNothingBehindWhenLeadershipIsLost() throws Exception {
    leader.start();
    await(world.pending("r-1", Samples.WEB), Restart::isTriggeredOrFinished);

    leader.stop();
    Restart late = world.pending("r-2", Samples.CANARY);

    assertThat(world.store.listeners()).isEqualTo(listenersBefore);
    assertThat(world.workloads.followers()).isZero();
    assertThat(world.live(late).status().trigger()).isNull();
  }

  @Test
  void returnsFromStopWhenTheLastStepHasEnded() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    CountDownLatch writing = new CountDownLatch(1);
    world.workloads.beforeWrites(() -> {
      writing.countDown();
      awaitInterrupt();
      events.add("written");
    });
    leader.start();
    world.pending("r-1", Samples.WEB);
    writing.await();

    leader.stop();
    events.add("stopped");

    assertThat(events).containsExactly("written", "stopped");
  }

  @Test
  void goesOnInTheNextTerm() throws Exception {
    Restart restart = world.pending("r-1", Samples.WEB);
    leader.start();
    await(restart, Restart::isTriggeredOrFinished);
    leader.stop();
    world.rollOut(Samples.WEB);

    leader.start();

    assertThat(await(restart, Restart::isFinished).status().phase()).isEqualTo(Phase.Succeeded);
    assertThat(world.workloads.triggers()).hasSize(1);
  }

  @Test
  void hasOneTermAtATime() {
    leader.start();
    leader.start();

    assertThat(world.store.listeners()).isEqualTo(listenersBefore + 1);
  }

  @Test
  void writesNothingWhenLeadershipWasLostUnheard() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Leader deposed =
        new Leader(
            world.store,
            world.store,
            world.workloads,
            new Lead() {
              @Override
              public boolean isLeader() {
                asked.countDown();
                return false;
              }
            },
            Samples.PLANNER,
            Samples.EVERY_GROUP,
            Samples.OPEN,
            new Limits(100, 500),
            new Keeping(Duration.ofDays(7), 100),
            world.clock,
            world.clock::nanoTime,
            new Random(1),
            waiting);
    world.pending("r-1", Samples.WEB);

    deposed.start();
    asked.await();
    deposed.stop();

    assertThat(world.writes.made()).isZero();
  }

  private Restart await(Restart restart, Predicate<Restart> wished) throws InterruptedException {
    Restart seen =
        waiting.await(Restart.class, restart.key(), wished, Duration.ofSeconds(20)).orElseThrow();
    assertThat(seen).matches(wished);
    return seen;
  }

  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static class Lead implements Leadership {

    @Override
    public boolean isLeader() {
      return true;
    }

    @Override
    public void whileLeading(Work work) {
      throw new UnsupportedOperationException();
    }
  }
}
