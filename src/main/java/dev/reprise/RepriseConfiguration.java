package dev.reprise;

import dev.reprise.plan.GroupPlanner;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.progress.LiveProgress;
import dev.reprise.reconcile.Leader;
import dev.reprise.restart.Cancellations;
import dev.reprise.restart.Cooldown;
import dev.reprise.restart.DryRuns;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.RestartGroups;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.RestartWaiting;
import dev.reprise.restart.Restarts;
import dev.reprise.restart.WorkloadGateway;
import java.time.InstantSource;
import java.util.Random;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the use case together; what it needs from a cluster, the package of that name gives. */
@Configuration(proxyBeanMethods = false)
class RepriseConfiguration {

  @Bean
  RestartPlanner restartPlanner(RepriseProperties properties) {
    return new RestartPlanner(properties.certainDowntime());
  }

  @Bean
  RestartWaiting restartWaiting(RestartStore store) {
    return new RestartWaiting(store);
  }

  @Bean
  Restarts restarts(
      RestartStore store,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      RestartPlanner planner,
      Cooldown cooldown) {
    return new Restarts(store, workloads, waiting, planner, cooldown, new Random());
  }

  @Bean
  Cooldown cooldown(RestartStore store, RepriseProperties properties, InstantSource serverClock) {
    return new Cooldown(store, properties.cooldown(), serverClock);
  }

  @Bean
  DryRuns dryRuns(
      RestartStore store, WorkloadGateway workloads, RestartPlanner planner, Cooldown cooldown) {
    return new DryRuns(store, workloads, planner, cooldown, new Random());
  }

  @Bean
  RestartGroups restartGroups(
      RestartStore store,
      GroupStore groups,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      RestartPlanner planner,
      Cooldown cooldown) {
    return new RestartGroups(
        store, groups, workloads, waiting, new GroupPlanner(planner), cooldown, new Random());
  }

  @Bean
  Cancellations cancellations(RestartStore store, RestartWaiting waiting) {
    return new Cancellations(store, waiting);
  }

  @Bean
  LiveProgress liveProgress(
      RestartStore store, WorkloadGateway workloads, InstantSource serverClock) {
    return new LiveProgress(store, workloads, serverClock);
  }

  @Bean
  Leader leader(
      RestartStore store,
      GroupStore groups,
      WorkloadGateway workloads,
      Leadership leadership,
      RestartPlanner planner,
      RepriseProperties properties,
      InstantSource serverClock) {
    Leader leader =
        new Leader(
            store,
            groups,
            workloads,
            leadership,
            planner,
            properties.atOnce().limits(),
            properties.keep().keeping(),
            serverClock,
            System::nanoTime,
            new Random());
    leadership.whileLeading(leader);
    return leader;
  }
}
