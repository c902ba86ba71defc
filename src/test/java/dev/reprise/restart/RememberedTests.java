package dev.reprise.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RememberedTests {

  private final Remembered<Integer, Integer> remembered =
      new Remembered<>(1_000, System::nanoTime, Thread::startVirtualThread);
  private final AtomicInteger asking = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /** Whoever guesses tokens, each a question of its own, must not flood the API server. */
  @Test
  void asksNoMoreThanSixteenQuestionsAtOnce() {
    CountDownLatch answered = new CountDownLatch(1);

    List<Supplier<Integer>> answers =
        IntStream.range(0, 100)
            .mapToObj(question -> remembered.ask(question, () -> answer(question, answered)))
            .toList();

    await().until(() -> asking.get() == 16);
    answered.countDown();
    assertThat(answers.stream().map(Supplier::get))
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(most).hasValue(16);
  }

  private Remembered.Answer<Integer> answer(int question, CountDownLatch answered) {
    most.accumulateAndGet(asking.incrementAndGet(), Math::max);
    try {
      answered.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      asking.decrementAndGet();
    }
    return new Remembered.Answer<>(question, Duration.ofSeconds(10));
  }
}
