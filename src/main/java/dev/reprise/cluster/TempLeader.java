package dev.reprise.cluster;

import dev.reprise.restart.Leadership;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

@Component
class TempLeader implements Leadership, SmartLifecycle {
  private @Nullable Work work;
  private volatile boolean running;

  @Override
  public boolean isLeader() {
    return running;
  }

  @Override
  public void whileLeading(Work work) {
    this.work = work;
  }

  @Override
  public void start() {
    running = true;
    if (work != null) work.start();
  }

  @Override
  public void stop() {
    running = false;
    if (work != null) work.stop();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 1;
  }
}
