package dev.reprise.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.RestartKey;
import dev.reprise.restart.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
@ResourceLock(Resources.SYSTEM_OUT)
class WorkQueueTests {

  private static final RestartKey KEY = Samples.key("r-1");
  private static final Step.Rest DONE = new Step.Done();

  /**
   * As long as somebody may wish by {@code notBefore}, which is more than a long of nanoseconds.
   */
  private static final Step.Rest MUCH_LATER = new Step.Wait(Duration.ofDays(3_000_000));

  /** Hands each piece of work to the test, which says what it comes to. */
  private final SynchronousQueue<Piece> pieces = new SynchronousQueue<>();

  private final WorkQueue queue = new WorkQueue(this::work);

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void worksOnAKeyThatIsAdded() throws Exception {
    queue.add(KEY);

    assertThat(nextPiece().key).isEqualTo(KEY);
  }

  @Test
  void worksOnAKeyOnceMoreHoweverOftenItWasAddedMeanwhile() throws Exception {
    queue.add(KEY);
    Piece first = nextPiece();
    queue.add(KEY);
    queue.add(KEY);
    queue.add(KEY);
    first.comesTo(DONE);
    nextPiece().comesTo(DONE);

    RestartKey other = Samples.key("r-2");
    queue.add(other);

    assertThat(nextPiece().key).isEqualTo(other);
  }

  @Test
  void neverWorksOnAKeyTwiceAtOnce() throws Exception {
    AtomicBoolean busy = new AtomicBoolean();
    AtomicBoolean twice = new AtomicBoolean();
    AtomicInteger left = new AtomicInteger(200);
    CountDownLatch done = new CountDownLatch(1);
    try (WorkQueue crowded =
        queueOf(_ -> {
          twice.compareAndSet(false, !busy.compareAndSet(false, true));
          Thread.yield();
          busy.set(false);
          if (left.decrementAndGet() > 0) {
            return new Step.Again(Duration.ZERO);
          }
          done.countDown();
          return DONE;
        })) {
      for (int time = 0; time < 5000; time++) {
        crowded.add(KEY);
      }
      done.await();
    }

    assertThat(twice).isFalse();
  }

  @Test
  void worksOnDifferentKeysAtOnce() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    CountDownLatch met = new CountDownLatch(2);
    try (WorkQueue wide =
        queueOf(_ -> {
          await(both);
          met.countDown();
          return DONE;
        })) {
      wide.add(Samples.key("r-1"));
      wide.add(Samples.key("r-2"));

      met.await();
    }
  }

  @Test
  void worksAgainAfterTheDelay() throws Exception {
    queue.add(KEY);
    nextPiece().comesTo(new Step.Again(Duration.ofMillis(1)));

    assertThat(nextPiece().key).isEqualTo(KEY);
  }

  @Test
  void keepsToTheTimeThatTheClusterAskedForThoughSomethingChanges() throws Exception {
    queue.add(KEY);
    Piece piece = nextPiece();
    queue.add(KEY);
    piece.comesTo(new Step.Again(Duration.ofHours(1)));
    queue.add(KEY);
    queue.add(Samples.key("another"));

    assertThat(nextPiece().key).isEqualTo(Samples.key("another"));
    assertThat(pieces.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void doesNotWaitWhenAKeyIsAddedDuringTheDelay() throws Exception {
    queue.add(KEY);
    nextPiece().comesTo(MUCH_LATER);
    queue.add(KEY);

    assertThat(nextPiece().key).isEqualTo(KEY);
  }

  @Test
  void tellsOfAFaultAndIsNotStoppedByIt(CapturedOutput output) throws Exception {
    Queue<RuntimeException> faults = new ConcurrentLinkedQueue<>();
    faults.add(new IllegalStateException("A fault on purpose"));
    CountDownLatch worked = new CountDownLatch(1);
    CountDownLatch thrown = new CountDownLatch(1);
    try (WorkQueue faulty =
        queueOf(_ -> {
          RuntimeException fault = faults.poll();
          if (fault != null) {
            thrown.countDown();
            throw fault;
          }
          worked.countDown();
          return DONE;
        })) {
      faulty.add(KEY);
      thrown.await();
      faulty.add(KEY);

      worked.await();
    }
    assertThat(output).contains("A fault on purpose");
  }

  @Test
  void returnsFromCloseWhenTheLastStepHasEnded() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();

    closeAmidWorkOn(
        KEY,
        _ -> {
          events.add("ended");
          return DONE;
        });
    events.add("closed");

    assertThat(events).containsExactly("ended", "closed");
  }

  @Test
  void tellsOfNoErrorThatItsCloseHasCaused(CapturedOutput output) throws Exception {
    RestartKey key = Samples.key("closed-amid-its-work");

    closeAmidWorkOn(
        key,
        cut -> {
          throw new IllegalStateException("Interrupted on purpose", cut);
        });

    assertThat(output.toString().lines().filter(line -> line.contains(key.name())))
        .noneMatch(line -> line.contains("ERROR"));
  }

  @Test
  void takesNothingAfterClose() {
    AtomicInteger worked = new AtomicInteger();
    WorkQueue closed =
        queueOf(_ -> {
          worked.incrementAndGet();
          return DONE;
        });
    closed.close();

    closed.add(KEY);

    assertThat(worked).hasValue(0);
  }

  /** Closes a queue whose work goes on until it is interrupted. */
  private void closeAmidWorkOn(
      RestartKey key, Function<InterruptedException, Step.Rest> whenInterrupted) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    WorkQueue closing =
        queueOf(_ -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
            return DONE;
          } catch (InterruptedException cut) {
            return whenInterrupted.apply(cut);
          }
        });
    closing.add(key);
    begun.await();

    closing.close();
  }

  private WorkQueue queueOf(Function<RestartKey, Step.Rest> work) {
    return new WorkQueue(work);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Piece nextPiece() throws InterruptedException {
    return pieces.take();
  }

  private Step.Rest work(RestartKey key) {
    Piece piece = new Piece(key);
    try {
      pieces.put(piece);
      return piece.outcome.take();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return DONE;
    }
  }

  private static final class Piece {
    final RestartKey key;
    final SynchronousQueue<Step.Rest> outcome = new SynchronousQueue<>();

    Piece(RestartKey key) {
      this.key = key;
    }

    void comesTo(Step.Rest step) throws InterruptedException {
      outcome.put(step);
    }
  }
}
