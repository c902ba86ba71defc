package dev.reprise.cluster;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts the watches before the web server, and ends them after it. */
@Component
class ClusterLifecycle implements SmartLifecycle {

  static final int PHASE = 0;

  private final RestartObjects restarts;
  private final WorkloadWatches workloads;
  private volatile boolean running;

  ClusterLifecycle(RestartObjects restarts, WorkloadWatches workloads) {
    this.restarts = restarts;
    this.workloads = workloads;
  }

  @Override
  public void start() {
    restarts.watched().start();
    workloads.start();
    running = true;
  }

  @Override
  public void stop() {
    workloads.close();
    restarts.watched().stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
