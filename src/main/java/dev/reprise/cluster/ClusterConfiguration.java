package dev.reprise.cluster;

import dev.reprise.reload.ConfigGateway;
import dev.reprise.reload.ReloadProperties;
import dev.reprise.restart.AccessReviews;
import dev.reprise.restart.GroupStore;
import dev.reprise.restart.RestartStore;
import dev.reprise.restart.WorkloadGateway;
import dev.reprise.security.AuthenticationProperties;
import dev.reprise.security.Identities;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a cluster gives to the use case. Nothing here touches the network before it is started. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

  /** Every call waits for these, so that they must not wait for long. */
  private static final Duration REVIEW_DEADLINE = Duration.ofSeconds(5);

  @Bean
  Timing timing() {
    return new Timing(System::nanoTime, Thread::sleep, new Random());
  }

  @Bean
  ServerClock serverClock(Timing timing) {
    return new ServerClock(Clock.systemUTC(), timing.nanoTime());
  }

  @Bean
  KubernetesApi kubernetesApi(
      KubernetesProperties properties,
      ServerClock serverClock,
      Timing timing,
      MeterRegistry meters) {
    ApiClients clients =
        new ApiClients(
            properties,
            ClusterAccess.of(properties, System.getenv()),
            Version.ours(),
            serverClock,
            timing.nanoTime());
    return new KubernetesApi(new MeteredConnections(clients, meters), properties, timing);
  }

  @Bean
  ReflectorFactory reflectors(KubernetesApi api, KubernetesProperties properties, Timing timing) {
    return new ReflectorFactory(api, properties.namespaces(), timing);
  }

  @Bean(destroyMethod = "")
  WorkloadWatches workloadWatches(ReflectorFactory reflectors) {
    return new WorkloadWatches(reflectors);
  }

  @Bean
  RestartObjects restartObjects(
      KubernetesApi api, ReflectorFactory reflectors, KubernetesProperties properties) {
    return new RestartObjects(api, reflectors, properties.restartsByOthers());
  }

  @Bean
  AuditTrail auditTrail(KubernetesApi api) {
    return new AuditTrail(api, Candidacy.host());
  }

  @Bean
  RestartStore restartStore(RestartObjects objects, KubernetesApi api, AuditTrail trail) {
    return new ClusterRestarts(objects, new DryRequests(api.strict()), trail);
  }

  @Bean
  GroupStore groupStore(RestartObjects objects, KubernetesApi api, AuditTrail trail) {
    return new ClusterGroups(objects, new DryRequests(api.strict()), trail);
  }

  @Bean
  Identities tokenReviews(KubernetesApi api, AuthenticationProperties properties) {
    return new TokenReviews(api.within(REVIEW_DEADLINE), properties.audience());
  }

  @Bean
  AccessReviews accessReviews(KubernetesApi api) {
    return new SubjectAccessReviews(api.within(REVIEW_DEADLINE));
  }

  @Bean
  RestartSchema restartSchema(KubernetesApi api, Timing timing) {
    return new RestartSchema(api, timing);
  }

  @Bean
  ConfigGateway configGateway(
      KubernetesApi api,
      ReflectorFactory reflectors,
      WorkloadWatches watches,
      LeaderProperties leader,
      ReloadProperties reload,
      Timing timing) {
    String name = reload.keySecret() == null ? leader.name() + "-reload" : reload.keySecret();
    ApiPath secret = Resources.SECRETS.in(leader.namespaceOrOurs()).named(name);
    return new ClusterConfigs(api, reflectors, watches, new HashKey(api, secret), timing);
  }

  @Bean
  WorkloadGateway workloadGateway(
      KubernetesApi api, WorkloadWatches watches, Timing timing, KubernetesProperties properties) {
    return new ClusterWorkloads(api, watches, timing.nanoTime(), properties.changeCause());
  }
}
