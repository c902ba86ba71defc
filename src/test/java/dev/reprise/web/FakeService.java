package dev.reprise.web;

import dev.reprise.plan.CertainDowntime;
import dev.reprise.plan.GroupPlanner;
import dev.reprise.plan.RestartPlanner;
import dev.reprise.progress.LiveProgress;
import dev.reprise.restart.Access;
import dev.reprise.restart.CancelReach;
import dev.reprise.restart.Cancellations;
import dev.reprise.restart.Cooldown;
import dev.reprise.restart.DryRuns;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeReviews;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.PermittedGroups;
import dev.reprise.restart.RestartGroups;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.RestartWaiting;
import dev.reprise.restart.Restarts;
import dev.reprise.restart.Samples;
import dev.reprise.restart.VisibleRestarts;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.restart.Writes;
import dev.reprise.security.AuthenticationProperties;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The use case on a fake cluster; nobody is kept waiting, and no leader is there. */
@TestConfiguration(proxyBeanMethods = false)
@Import({
  FollowingConfiguration.class,
  Rendering.class,
  Waits.class,
  OpenCalls.class,
  Acceptance.class,
  SecurityConfiguration.class
})
@EnableConfigurationProperties({StreamProperties.class, AuthenticationProperties.class})
class FakeService {

  @Bean
  HandClock clock() {
    return new HandClock();
  }

  @Bean
  ObservationRegistry observations() {
    return ObservationRegistry.NOOP;
  }

  @Bean
  Writes writes() {
    return new Writes();
  }

  @Bean
  FakeRestarts store(HandClock clock, Writes writes) {
    return new FakeRestarts(clock, writes);
  }

  @Bean
  FakeWorkloads workloads(HandClock clock, Writes writes) {
    return new FakeWorkloads(clock, writes);
  }

  @Bean
  RestartWaiting waiting(RestartStore store) {
    RestartWaiting waiting = new RestartWaiting(store);
    waiting.release();
    return waiting;
  }

  @Bean
  RestartPlanner planner() {
    return new RestartPlanner(CertainDowntime.Refuse);
  }

  @Bean
  Cooldown cooldown(RestartStore store, HandClock clock) {
    return new Cooldown(store, Duration.ZERO, clock);
  }

  @Bean
  FakeReviews reviews() {
    return new FakeReviews();
  }

  @Bean
  FakeIdentities identities() {
    return new FakeIdentities();
  }

  /** Whatever is asked twice is asked of the fake twice. */
  @Bean
  Access access(FakeReviews reviews) {
    AtomicLong now = new AtomicLong();
    return Samples.access(reviews, () -> now.addAndGet(Duration.ofMinutes(1).toNanos()));
  }

  @Bean
  PermittedGroups permitted(RestartPlanner planner, Access access) {
    return new PermittedGroups(new GroupPlanner(planner), access);
  }

  @Bean
  VisibleRestarts visible(RestartStore store, Access access) {
    return new VisibleRestarts(store, access);
  }

  @Bean
  Restarts restarts(
      RestartStore store,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      RestartPlanner planner,
      Access access,
      Cooldown cooldown) {
    return new Restarts(store, workloads, waiting, planner, access, cooldown, new Random(1));
  }

  @Bean
  DryRuns dryRuns(
      RestartStore store,
      WorkloadGateway workloads,
      RestartPlanner planner,
      Access access,
      Cooldown cooldown) {
    return new DryRuns(store, workloads, planner, access, cooldown, new Random(1));
  }

  @Bean
  RestartGroups groups(
      RestartStore store,
      GroupStore groups,
      WorkloadGateway workloads,
      RestartWaiting waiting,
      PermittedGroups permitted,
      VisibleRestarts visible,
      Cooldown cooldown) {
    return new RestartGroups(
        store, groups, workloads, waiting, permitted, visible, cooldown, new Random(1));
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
  LiveProgress progress(RestartStore store, WorkloadGateway workloads, HandClock clock) {
    return new LiveProgress(store, workloads, clock);
  }
}
