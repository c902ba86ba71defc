package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Finished restarts that are kept, and cleared away; callers that ask again too soon. */
@ClusterTest
class KeepingClusterTests {

  @Test
  void clearsAwayWhatHasEndedLongAgo(TestCluster cluster, Namespace own) {
    Service.install(cluster);
    Workloads workloads = new Workloads(own);
    ended(workloads, "old", Duration.ofDays(3));
    ended(workloads, "young", Duration.ofHours(30));

    try (Service service = Service.start(cluster, own, "--reprise.keep.for=48h")) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> service.caller().get(path(own, "old")).status() == 404);

      assertThat(service.caller().get(path(own, "young")).status()).isEqualTo(200);
    }
  }

  @Test
  void turnsAwayWhoAsksAgainTooSoon(TestCluster cluster, Namespace own) {
    Workloads workloads = new Workloads(own);
    try (Service service = Service.start(cluster, own, "--reprise.cooldown=10m")) {
      workloads.create(deployment("web").replicas(1));
      Answer first =
          service.caller().restart(own.name(), "Deployment", "web", "Idempotency-Key", "k-1");
      service.caller().awaitEnd(first.location());

      Answer second = service.caller().restart(own.name(), "Deployment", "web");
      Answer repeated =
          service.caller().restart(own.name(), "Deployment", "web", "Idempotency-Key", "k-1");

      assertThat(second.status()).isEqualTo(429);
      assertThat(second.text("code")).isEqualTo("Cooldown");
      assertThat(second.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 600L);
      assertThat(repeated.text("name")).isEqualTo(first.text("name"));
      assertThat(workloads.replicaSetsOf("web")).hasSize(2);
    }
  }

  @Test
  void turnsAwayAGroupOfWhichAMemberWasRestartedAMomentAgo(TestCluster cluster, Namespace own) {
    Workloads workloads = new Workloads(own);
    try (Service service = Service.start(cluster, own, "--reprise.cooldown=10m")) {
      workloads.create(deployment("web").replicas(1));
      workloads.create(deployment("api").replicas(1));
      service.caller().restartAndWait(own.name(), "Deployment", "web");

      Answer told = service.caller().dryRun(own.name(), "{\"all\": true}");
      Answer refused = service.caller().post(own.name(), "{\"all\": true}");

      assertThat(told.text("verdict")).isEqualTo("Refused");
      assertThat(told.text("message")).contains("Deployment " + own.name() + "/web was restarted");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.text("code")).isEqualTo("Cooldown");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 600L);
      assertThat(workloads.replicaSetsOf("api")).hasSize(1);
    }
  }

  private static void ended(Workloads workloads, String name, Duration ago) {
    workloads
        .namespace()
        .apply(
            "{apiVersion: reprise.dev/v1, kind: Restart, metadata: {name: %s},".formatted(name)
                + " spec: {kind: Deployment, name: web}}");
    workloads.kubectl(
        "patch",
        "restart",
        name,
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\"Succeeded\",\"reason\":\"AllPodsReplaced\",\"message\":\"\",\"finishedAt\":\"%s\"}}"
            .formatted(Instant.now().minus(ago).truncatedTo(ChronoUnit.SECONDS)));
  }

  private static String path(Namespace namespace, String name) {
    return "/namespaces/" + namespace.name() + "/restarts/" + name;
  }
}
