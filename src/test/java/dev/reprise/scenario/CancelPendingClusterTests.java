package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restarts that are cancelled before anybody leads. */
@ClusterTest
class CancelPendingClusterTests {

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeEach
  void startWhileSomebodyElseHoldsTheLease(TestCluster cluster, Namespace own) {
    workloads = new Workloads(own);
    namespace = own.name();
    own.apply(
"""
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata:
  name: reprise
spec:
  holderIdentity: somebody
  leaseDurationSeconds: 600
  renewTime: "%s"
"""
            .formatted(Instant.now().truncatedTo(ChronoUnit.MICROS)));
    service = Service.start(cluster, own, "--reprise.leader.lease-duration=600s");
    caller = service.caller();
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void areStoppedBeforeAnythingIsDone() {
    workloads.create(deployment("web"));
    String before = workloads.stateOf("deployment", "web");
    Answer pending = caller.restart(namespace, "Deployment", "web");

    Answer cancelled = caller.cancel(pending.location());
    workloads.kubectl(
        "patch",
        "lease",
        "reprise",
        "--type=merge",
        "-p",
        "{\"spec\": {\"holderIdentity\": \"\"}}");
    Answer ended = caller.awaitEnd(pending.location());

    assertThat(cancelled.status()).isEqualTo(202);
    assertThat(cancelled.text("phase")).isEqualTo("Pending");
    assertThat(cancelled.body().path("cancelRequested").asBoolean(false)).isTrue();
    assertThat(ended.text("phase")).isEqualTo("Cancelled");
    assertThat(ended.text("reason")).isEqualTo("CancelledBeforeStart");
    assertThat(workloads.stateOf("deployment", "web")).isEqualTo(before);
  }
}
