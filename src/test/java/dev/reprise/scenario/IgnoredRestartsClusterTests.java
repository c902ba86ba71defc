package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Restarts that others have written, where no policy holds them to anything. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IgnoredRestartsClusterTests {

  private Namespace namespace;
  private Workloads workloads;
  private Service service;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    namespace = own;
    workloads = new Workloads(own);
    // Without a value: the service's own default.
    service = Service.start(cluster, own, "--reprise.kubernetes.restarts-by-others=");
    workloads.create(deployment("web"));
    workloads.create(deployment("api"));
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void leavesThemAlone() {
    String before = workloads.writtenOf("deployment", "web");
    namespace.apply(
        """
        apiVersion: reprise.dev/v1
        kind: Restart
        metadata: {name: foreign}
        spec: {kind: Deployment, name: web, requestedBy: {user: eve}}
        """);

    // The watch tells of this one after the other, and so does whatever goes by it.
    Answer own = service.caller().restartAndWait(namespace.name(), "Deployment", "api");

    assertThat(own.text("phase")).isEqualTo("Succeeded");
    assertThat(workloads.writtenOf("deployment", "web")).isEqualTo(before);
    assertThat(workloads.kubectl("get", "restart", "foreign", "-o", "jsonpath={.status}"))
        .isEmpty();
    Caller caller = service.caller();
    assertThat(caller.get("/namespaces/" + namespace.name() + "/restarts/foreign").status())
        .isEqualTo(404);
    assertThat(Caller.names(caller.get("/namespaces/" + namespace.name() + "/restarts").body()))
        .contains(own.text("name"))
        .doesNotContain("foreign");
  }

  @Test
  void restartsAGroupOfItsOwn() {
    Answer group =
        service
            .caller()
            .ended(
                service
                    .caller()
                    .post(namespace.name(), "{\"selector\": \"!none\"}", "Prefer", "wait=50"));

    assertThat(group.text("phase")).as(group.body().toString()).isEqualTo("Succeeded");
  }

  @Test
  void knowsItsOwnByTheKey() {
    String body =
        "{\"kind\": \"Deployment\", \"name\": \"web\", \"notBefore\": \"%s\"}"
            .formatted(Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));

    Answer first = service.caller().post(namespace.name(), body, "Idempotency-Key", "k-1");
    Answer second = service.caller().post(namespace.name(), body, "Idempotency-Key", "k-1");

    assertThat(first.status()).as(first.body().toString()).isEqualTo(202);
    assertThat(second.text("name")).isEqualTo(first.text("name"));
  }
}
