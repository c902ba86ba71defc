package dev.reprise.restart;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Lets callers wait for a change of a Restart. All of them share the one watch behind the store:
 * however many wait, the API server gets no request more.
 */
public final class RestartWaiting {

  private final RestartStore store;
  private final ConcurrentHashMap<RestartKey, Set<Waiter>> waiters = new ConcurrentHashMap<>();
  private volatile boolean released;

  public RestartWaiting(RestartStore store) {
    this.store = store;
    store.listen(this::changed);
  }

  /**
   * Waits until the Restart is as wished, at most for {@code limit}.
   *
   * @param type one workload's restart, a group, or either
   * @return the Restart as last seen, wished or not; empty when there is none of that type
   */
  public <T extends AnyRestart> Optional<T> await(
      Class<T> type, RestartKey key, Predicate<? super T> wished, Duration limit)
      throws InterruptedException {
    Waiter waiter =
        new Waiter(
            any -> !type.isInstance(any) || wished.test(type.cast(any)), new CompletableFuture<>());
    waiters.compute(
        key,
        (_, present) -> {
          Set<Waiter> all = present == null ? new CopyOnWriteArraySet<>() : present;
          all.add(waiter);
          return all;
        });
    try {
      // Looked at only after the waiter is in place, so that no change falls in between.
      Optional<AnyRestart> now = store.find(key);
      if (released || now.isEmpty() || waiter.wished().test(now.get())) {
        return now.filter(type::isInstance).map(type::cast);
      }
      Optional<AnyRestart> told = waiter.reached().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (told.isPresent()) {
        return told.filter(type::isInstance).map(type::cast);
      }
    } catch (TimeoutException _) {
      // The caller learns it from what the Restart is now.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      waiters.computeIfPresent(
          key,
          (_, all) -> {
            all.remove(waiter);
            return all.isEmpty() ? null : all;
          });
    }
    return store.find(key).filter(type::isInstance).map(type::cast);
  }

  /**
   * Waits likewise for what becomes of something that is recorded by now, so that whatever goes
   * wrong here must not sound as if it were not.
   *
   * @param recorded as it was recorded
   * @return that, where there is nothing newer to tell
   */
  <T extends AnyRestart> T awaitRecorded(
      Class<T> type, T recorded, Predicate<? super T> wished, Duration limit)
      throws InterruptedException {
    try {
      return await(type, recorded.key(), wished, limit).orElse(recorded);
    } catch (ClusterUnavailable | ClusterRefused _) {
      return recorded;
    }
  }

  /** Lets all who wait go, now and from now on: the service is about to stop. */
  public void release() {
    released = true;
    waiters
        .values()
        .forEach(all -> all.forEach(waiter -> waiter.reached().complete(Optional.empty())));
  }

  private void changed(RestartKey key) {
    Set<Waiter> all = waiters.get(key);
    if (all == null) {
      return;
    }
    Optional<AnyRestart> now = store.cached(key);
    for (Waiter waiter : all) {
      if (now.isEmpty() || waiter.wished().test(now.get())) {
        waiter.reached().complete(Optional.empty());
      }
    }
  }

  /**
   * Tells those who wait for it how it is, which is about to be recorded: they need not wait for
   * that.
   */
  public void tell(Restart restart) {
    waiters.getOrDefault(restart.key(), Set.of()).stream()
        .filter(waiter -> waiter.wished().test(restart))
        .forEach(waiter -> waiter.reached().complete(Optional.of(restart)));
  }

  /**
   * @param reached how it is, or nothing where the store knows that
   */
  private record Waiter(
      Predicate<AnyRestart> wished, CompletableFuture<Optional<AnyRestart>> reached) {}
}
