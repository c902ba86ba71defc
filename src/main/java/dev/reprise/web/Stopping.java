package dev.reprise.web;

import dev.reprise.progress.LiveFeeds;
import dev.reprise.restart.RestartWaiting;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets waiting callers go before anything else stops: the web server waits for requests under way,
 * and theirs would otherwise take as long as they asked to wait.
 */
@Component
class Stopping implements SmartLifecycle {

  private final RestartWaiting waiting;
  private final LiveFeeds<Rendered> feeds;
  private volatile boolean running;

  Stopping(RestartWaiting waiting, LiveFeeds<Rendered> feeds) {
    this.waiting = waiting;
    this.feeds = feeds;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    waiting.release();
    feeds.release();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The highest phase is stopped first. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
