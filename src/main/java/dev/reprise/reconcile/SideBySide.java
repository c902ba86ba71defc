package dev.reprise.reconcile;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Requests that need not wait for one another. */
final class SideBySide {

  private SideBySide() {}

  /** Makes them all, this many at once; what fails is thrown once the others are made. */
  static void run(List<Runnable> requests, int atOnce) {
    Semaphore places = new Semaphore(atOnce);
    try (ExecutorService makers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          requests.stream()
              .<Future<?>>map(request -> makers.submit(() -> run(request, places)))
              .toList();
      all.forEach(SideBySide::outcomeOf);
    }
  }

  private static void run(Runnable request, Semaphore places) {
    places.acquireUninterruptibly();
    try {
      request.run();
    } finally {
      places.release();
    }
  }

  private static void outcomeOf(Future<?> making) {
    try {
      making.get();
    } catch (ExecutionException failed) {
      throw switch (failed.getCause()) {
        case Error error -> throw error;
        case RuntimeException cause -> cause;
        case null, default -> new IllegalStateException(failed);
      };
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted amid requests", interrupted);
    }
  }
}
