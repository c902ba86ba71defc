package dev.reprise;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.reprise.plan.GroupPlanner;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.progress.LiveProgress;
import dev.reprise.reconcile.Leader;
import dev.reprise.restart.Access;
import dev.reprise.restart.AccessReviews;
import dev.reprise.restart.CancelReach;
import dev.reprise.restart.Cancellations;
import dev.reprise.restart.Cooldown;
import dev.reprise.restart.DryRuns;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.Leadership;
import dev.reprise.restart.PermittedGroups;
import dev.reprise.restart.RestartGroups;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.RestartWaiting;
import dev.reprise.restart.Restarts;
import dev.reprise.restart.VisibleRestarts;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.security.AuthenticationProperties;
import dev.reprise.security.AuthenticationProperties.Mode;
import dev.reprise.security.AuthorizationProperties;
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
      Access access,
      Cooldown cooldown) {
    return new Restarts(store, workloads, waiting, planner, access, cooldown, new Random());
  }

  @Bean
  Cooldown cooldown(RestartStore store, RepriseProperties properties, InstantSource serverClock) {
    return new Cooldown(store, properties.cooldown(), serverClock);
  }

  @Bean
  DryRuns dryRuns(
      RestartStore store,
      WorkloadGateway workloads,
      RestartPlanner planner,
      Access access,
      Cooldown cooldown) {
    return new DryRuns(store, workloads, planner, access, cooldown, new Random());
  }

  @Bean
  RestartGroups restartGroups(
      RestartStore store,
      GroupStore groups,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      PermittedGroups permitted,
      VisibleRestarts visible,
      Cooldown cooldown) {
    return new RestartGroups(
        store, groups, workloads, waiting, permitted, visible, cooldown, new Random());
  }

  @Bean
  PermittedGroups permittedGroups(RestartPlanner planner, Access access) {
    return new PermittedGroups(new GroupPlanner(planner), access);
  }

  @Bean
  Access access(
      AccessReviews reviews,
      AuthenticationProperties authentication,
      AuthorizationProperties authorization) {
    return new Access(
        authentication.mode() == Mode.None ? AccessReviews.ALLOW_ALL : reviews,
        authorization.verb(),
        Ticker.systemTicker(),
        Thread::startVirtualThread);
  }

  @Bean
  VisibleRestarts visibleRestarts(RestartStore store, Access access) {
    return new VisibleRestarts(store, access);
  }

  @Bean
  Cancellations cancellations(
      RestartStore store,
      RestartWaiting waiting,
      WorkloadGateway workloads,
      Access access,
      VisibleRestarts visible) {
    return new Cancellations(store, waiting, new CancelReach(store, workloads), access, visible);
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
      PermittedGroups permitted,
      Access access,
      RepriseProperties properties,
      InstantSource serverClock,
      RestartWaiting waiting) {
    Leader leader =
        new Leader(
            store,
            groups,
            workloads,
            leadership,
            planner,
            permitted,
            access,
            properties.atOnce().limits(),
            properties.keep().keeping(),
            serverClock,
            System::nanoTime,
            new Random(),
            waiting);
    leadership.whileLeading(leader);
    return leader;
  }
}
