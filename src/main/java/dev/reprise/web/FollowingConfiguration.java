package dev.reprise.web;

import dev.reprise.progress.LiveFeeds;
import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets callers follow restarts, rendered as this package shows them. */
@Configuration(proxyBeanMethods = false)
class FollowingConfiguration {

  @Bean
  LiveFeeds<Rendered> liveFeeds(
      RestartStore store,
      WorkloadGateway workloads,
      LiveProgress progress,
      Rendering rendering,
      ExecutorService feedThreads) {
    return new LiveFeeds<>(store, workloads, progress, rendering::render, feedThreads);
  }

  @Bean(destroyMethod = "shutdownNow")
  ExecutorService feedThreads() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }
}
