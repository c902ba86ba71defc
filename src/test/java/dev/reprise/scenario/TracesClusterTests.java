package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

/** The spans that a collector is sent, as the text that is in them. */
@ClusterTest
class TracesClusterTests {

  private final StringBuilder sent = new StringBuilder();

  @Test
  void tellsOfTheCallAndOfTheRestart(TestCluster cluster, Namespace namespace) throws IOException {
    Answer ended =
        traced(
            cluster,
            namespace,
            "{\"kind\": \"Deployment\", \"name\": \"traced\", \"reason\": \"hush\"}");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(sent)
        .contains(
            "http post /namespaces/{namespace}/restarts",
            "reprise.restart",
            "reprise.outcome",
            "Succeeded",
            "k8s.workload.name",
            "traced")
        .doesNotContain("hush", "system:anonymous", "/readyz", "reprise.group");
  }

  @Test
  void tellsOfAMemberWhichGroupItIsOf(TestCluster cluster, Namespace namespace) throws IOException {
    Answer ended = traced(cluster, namespace, "{\"all\": true}");

    assertThat(ended.text("phase")).isEqualTo("Succeeded");
    assertThat(sent).contains("reprise.group", "k8s.workload.name", "traced");
  }

  /** Restarts so, and waits until the collector has heard twice of what is answered. */
  private Answer traced(TestCluster cluster, Namespace namespace, String body) throws IOException {
    try (MockWebServer collector = new MockWebServer()) {
      collector.start();
      for (int answer = 0; answer < 100; answer++) {
        collector.enqueue(new MockResponse.Builder().code(200).build());
      }
      try (Service service =
          Service.start(
              cluster,
              namespace,
              "--management.opentelemetry.tracing.export.otlp.endpoint="
                  + collector.url("/v1/traces"))) {
        new Workloads(namespace).create(deployment("traced"));

        Answer ended = service.caller().ended(service.caller().post(namespace.name(), body));

        String restart = namespace.name() + "/" + ended.text("name");
        await().atMost(Duration.ofMinutes(1)).until(() -> count(collector, restart) >= 2);
        return ended;
      }
    }
  }

  /** How often it is in what was sent so far: by the call's span and by the restart's. */
  private int count(MockWebServer collector, String text) throws InterruptedException {
    RecordedRequest request = collector.takeRequest(100, TimeUnit.MILLISECONDS);
    if (request != null) {
      sent.append(Objects.requireNonNull(request.getBody()).string(StandardCharsets.ISO_8859_1));
    }
    return sent.toString().split(Pattern.quote(text), -1).length - 1;
  }
}
