package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RestartWaitingTests {

  private static final RestartKey KEY = Samples.key("web-1");
  private static final Duration LONG = Duration.ofDays(1);

  private final FakeRestarts store = new FakeRestarts(new HandClock(), new Writes());
  private final RestartWaiting waiting = new RestartWaiting(store);

  @Test
  void answersAtOnceWhenItIsAsWished() throws Exception {
    Restart restart = pending();

    assertThat(waiting.await(Restart.class, KEY, _ -> true, LONG)).contains(restart);
  }

  @Test
  void answersAtOnceWhenThereIsNone() throws Exception {
    assertThat(waiting.await(Restart.class, KEY, Restart::isFinished, LONG)).isEmpty();
  }

  @Test
  void findsOneThatTheCacheDoesNotKnowYet() throws Exception {
    store.holdCache();
    Restart restart = pending();

    assertThat(waiting.await(Restart.class, KEY, _ -> true, LONG)).contains(restart);
  }

  @Test
  void showsItAsItIsWhenTheTimeIsUp() throws Exception {
    Restart restart = pending();

    assertThat(waiting.await(Restart.class, KEY, Restart::isFinished, Duration.ZERO))
        .contains(restart);
  }

  @Test
  void wakesWhenItBecomesAsWished() throws Exception {
    Restart restart = pending();
    Waiter waiter = new Waiter();

    finish(restart);

    assertThat(waiter.answer().orElseThrow().isFinished()).isTrue();
  }

  @Test
  void sleepsOnThroughOtherChanges() throws Exception {
    Restart restart = pending();
    Waiter waiter = new Waiter();
    Waiter ofAnyChange = new Waiter(now -> !now.equals(restart));
    store.put(Samples.key("web-2"), Samples.spec(Samples.WEB), RestartStatus.NEW);
    Restart changed = store.updateStatus(restart, RestartStatus.NEW).orElseThrow();
    // It came later and was woken after; whoever was woken with it has an answer, too early.
    assertThat(ofAnyChange.answer()).contains(changed);

    finish(changed);

    assertThat(waiter.answer().orElseThrow().isFinished()).isTrue();
  }

  @Test
  void wakesWhenItIsDeleted() throws Exception {
    pending();
    Waiter waiter = new Waiter();

    store.delete(KEY);

    assertThat(waiter.answer()).isEmpty();
  }

  @Test
  void wakesAllWhoWait() throws Exception {
    Restart restart = pending();
    Waiter one = new Waiter();
    Waiter other = new Waiter();

    finish(restart);

    assertThat(one.answer()).isPresent();
    assertThat(other.answer()).isPresent();
  }

  @Test
  void tellsWhatIsAboutToBeRecorded() throws Exception {
    Restart restart = pending();
    Waiter waiter = new Waiter();
    Restart ended = restart.with(finished(restart));

    waiting.tell(ended);

    assertThat(waiter.answer()).contains(ended);
    assertThat(store.find(KEY)).contains(restart);
  }

  @Test
  void tellsNobodyWhoWaitsForMore() throws Exception {
    Restart restart = pending();
    Waiter waiter = new Waiter();

    waiting.tell(restart);
    finish(restart);

    assertThat(waiter.answer().orElseThrow().isFinished()).isTrue();
  }

  @Test
  void letsAllGoWhenReleased() throws Exception {
    Restart restart = pending();
    Waiter waiter = new Waiter();

    waiting.release();

    assertThat(waiter.answer()).contains(restart);
    assertThat(waiting.await(Restart.class, KEY, Restart::isFinished, LONG)).contains(restart);
  }

  @Test
  void endsWithTheInterrupt() {
    pending();

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> waiting.await(Restart.class, KEY, Restart::isFinished, LONG))
        .isInstanceOf(InterruptedException.class);
  }

  private Restart pending() {
    return store.put(KEY, Samples.spec(Samples.WEB), RestartStatus.NEW);
  }

  private void finish(Restart restart) {
    store.updateStatus(restart, finished(restart));
  }

  private static RestartStatus finished(Restart restart) {
    return restart.status().finished(Phase.Succeeded, "Done", "Done", HandClock.START);
  }

  /** Somebody who is known to wait once this is made. */
  private final class Waiter {
    private final CompletableFuture<Optional<Restart>> answer = new CompletableFuture<>();

    Waiter() throws InterruptedException {
      this(Restart::isFinished);
    }

    Waiter(Predicate<Restart> wished) throws InterruptedException {
      CountDownLatch looked = new CountDownLatch(1);
      Thread.ofVirtual()
          .start(() -> {
            try {
              answer.complete(
                  waiting.await(
                      Restart.class,
                      KEY,
                      restart -> {
                        looked.countDown();
                        return wished.test(restart);
                      },
                      LONG));
            } catch (Exception e) {
              answer.completeExceptionally(e);
            }
          });
      looked.await();
    }

    Optional<Restart> answer() {
      return answer.join();
    }
  }
}
