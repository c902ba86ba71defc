package dev.reprise.web;

import dev.reprise.progress.Live;
import dev.reprise.progress.LiveFeeds;
import dev.reprise.progress.LiveProgress;
import dev.reprise.progress.Told;
import dev.reprise.restart.AnyRestart;
import dev.reprise.restart.RestartWaiting;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps callers waiting, as many as there is room for. */
@Component
class Waits {

  private final RestartWaiting waiting;
  private final LiveFeeds<Rendered> feeds;
  private final LiveProgress progress;
  private final OpenCalls calls;

  Waits(RestartWaiting waiting, LiveFeeds<Rendered> feeds, LiveProgress progress, OpenCalls calls) {
    this.waiting = waiting;
    this.feeds = feeds;
    this.progress = progress;
    this.calls = calls;
  }

  /**
   * The Restart when it has ended or {@code limit} has gone by; empty when there is no room to
   * wait.
   */
  Optional<AnyRestart> untilFinished(AnyRestart restart, Duration limit, HttpServletRequest request)
      throws InterruptedException {
    Optional<OpenCalls.Open> place = enter(request);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    try (OpenCalls.Open _ = place.get()) {
      return waiting
          .await(AnyRestart.class, restart.key(), AnyRestart::isFinished, limit)
          .or(() -> Optional.of(restart));
    }
  }

  /**
   * The Restart when there is something to tell that has another ETag, or {@code limit} has gone
   * by; empty when there is no room to wait.
   */
  Optional<Live> untilChanged(
      AnyRestart restart, String etag, Duration limit, HttpServletRequest request)
      throws InterruptedException {
    Optional<OpenCalls.Open> place = enter(request);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    long end = System.nanoTime() + limit.toNanos();
    try (OpenCalls.Open _ = place.get();
        LiveFeeds.Reader<Rendered> reader = feeds.open(restart)) {
      Live last = progress.now(restart);
      while (true) {
        switch (reader.next(Duration.ofNanos(end - System.nanoTime()))) {
          case Told.Changed<Rendered>(Live now, Rendered rendered, long _) -> {
            last = now;
            if (!rendered.etag().equals(etag) || now.any().isFinished()) {
              return Optional.of(now);
            }
          }
          case Told.Quiet<Rendered>(), Told.Gone<Rendered>(), Told.Stopping<Rendered>() -> {
            return Optional.of(last);
          }
        }
      }
    }
  }

  private Optional<OpenCalls.Open> enter(HttpServletRequest request) {
    return calls.enter(Callers.current(), request.getRemoteAddr());
  }
}
