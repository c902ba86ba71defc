package dev.reprise.restart;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Answers that hold for some seconds. Many who ask the same at once cost one question, and of
 * different ones 16 are asked at once. Safe for use by many threads.
 *
 * @param <Q> what tells questions apart; kept for as long as the answer
 */
public final class Remembered<Q, A> {

  /** However many ask, the API server is shared. */
  private static final int AT_ONCE = 16;

  private final Executor threads;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final AsyncCache<Q, Outcome<A>> outcomes;

  /**
   * An answer.
   *
   * @param lasts how long it holds; not positive for no longer than it takes to tell it
   */
  public record Answer<A>(A answer, Duration lasts) {}

  private sealed interface Outcome<A> {

    record Answered<A>(Answer<A> answer) implements Outcome<A> {}

    /** What went wrong with the question, which is remembered for nobody. */
    record Failed<A>(RuntimeException failure) implements Outcome<A> {}

    default Duration lasts() {
      return switch (this) {
        case Answered<A>(Answer<A> answer) ->
            answer.lasts().isNegative() ? Duration.ZERO : answer.lasts();
        case Failed<A> _ -> Duration.ZERO;
      };
    }

    default A tell() {
      return switch (this) {
        case Answered<A>(Answer<A> answer) -> answer.answer();
        case Failed<A>(RuntimeException failure) -> throw failure;
      };
    }
  }

  /**
   * @param most so many answers are kept
   * @param nanoTime what remembering is measured by
   * @param threads a new one for each question
   */
  public Remembered(int most, Ticker nanoTime, Executor threads) {
    this.threads = threads;
    this.outcomes =
        Caffeine.newBuilder()
            .maximumSize(most)
            .expireAfter(Expiry.<Q, Outcome<A>>creating((_, outcome) -> outcome.lasts()))
            .ticker(nanoTime)
            .executor(threads)
            .buildAsync();
  }

  /**
   * Asks, unless the answer is known or somebody is asking already; does not wait.
   *
   * @return waits for the answer, or throws what asking threw
   */
  public Supplier<A> ask(Q question, Supplier<Answer<A>> asking) {
    CompletableFuture<Outcome<A>> outcome =
        outcomes.get(
            question, (_, _) -> CompletableFuture.supplyAsync(() -> outcomeOf(asking), threads));
    return () -> outcome.join().tell();
  }

  private Outcome<A> outcomeOf(Supplier<Answer<A>> asking) {
    room.acquireUninterruptibly();
    try {
      return new Outcome.Answered<>(asking.get());
    } catch (RuntimeException failure) {
      return new Outcome.Failed<>(failure);
    } finally {
      room.release();
    }
  }
}
