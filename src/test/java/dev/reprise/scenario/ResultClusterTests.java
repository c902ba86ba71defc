package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Shell.Ended;
import dev.reprise.scenario.Shell.Running;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What curl's exit code tells of a restart's result. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResultClusterTests {

  private static final String WAIT =
      "curl -sS --fail-with-body --retry 100 \"$REPRISE$restart/result\" >/dev/null";

  private Service service;
  private Caller caller;
  private Workloads workloads;
  private String namespace;

  @BeforeAll
  void start(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    caller = service.caller();
    workloads = new Workloads(own);
    namespace = own.name();
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  @Test
  void isZeroWhenItSucceeded() {
    workloads.create(deployment("well").pods("ready-after", "1s"));
    String location = caller.begin(namespace, "Deployment", "well").location();

    Ended ended = curl(location).run(WAIT);

    assertThat(ended).isEqualTo(new Ended("", "", 0));
  }

  @Test
  void tellsFailureAlsoWhenThatTakesLongerThanOneAnswerWaits() {
    workloads.createWell(deployment("late").pods("pod", "never-ready"));
    String location = begin("late", "PT55S");

    Ended ended = curl(location).run(WAIT);

    assertThat(ended.errors()).contains("error: 504").endsWith("error: 424\n");
    assertThat(ended.exitCode()).isEqualTo(22);
  }

  @Test
  void tellsThatAnotherChangeTookItsPlace() {
    workloads.createWell(deployment("changed").pods("pod", "never-ready"));
    String location = begin("changed", "PT1H");

    try (Running waiting = curl(location).start(WAIT)) {
      workloads.kubectl("set", "image", "deployment/changed", "app=example.com/app:2");

      Ended ended = waiting.ended();
      assertThat(ended.errors()).endsWith("error: 409\n");
      assertThat(ended.exitCode()).isEqualTo(22);
    }
  }

  @Test
  void tellsThatItWasCancelled() {
    workloads
        .namespace()
        .apply(
            """
            apiVersion: reprise.dev/v1
            kind: Restart
            metadata: {name: cancelled}
            spec: {kind: Deployment, name: anything, cancel: true}
            """);

    Ended ended = curl("/namespaces/%s/restarts/cancelled".formatted(namespace)).run(WAIT);

    assertThat(ended.errors()).endsWith("error: 409\n");
    assertThat(ended.exitCode()).isEqualTo(22);
  }

  private String begin(String name, String timeout) {
    String body =
        "{\"kind\": \"Deployment\", \"name\": \"%s\", \"timeout\": \"%s\"}"
            .formatted(name, timeout);
    return caller.triggered(caller.post(namespace, body)).location();
  }

  private Shell curl(String restart) {
    return new Shell(Map.of("REPRISE", service.address().toString(), "restart", restart));
  }
}
