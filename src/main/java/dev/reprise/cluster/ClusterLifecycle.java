package dev.reprise.cluster;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Starts the watches before the web server, and ends them after it. */
@Component
class ClusterLifecycle implements SmartLifecycle {

  static final int PHASE = 0;

  private final RestartObjects restarts;
  private final WorkloadWatches workloads;
  private final RestartSchema schema;
  private volatile boolean running;

  ClusterLifecycle(RestartObjects restarts, WorkloadWatches workloads, RestartSchema schema) {
    this.restarts = restarts;
    this.workloads = workloads;
    this.schema = schema;
  }

  @Override
  public void start() {
    restarts.watched().start();
    workloads.start();
    // So that the first who asks whether we are ready need not come again.
    schema.verdict();
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
