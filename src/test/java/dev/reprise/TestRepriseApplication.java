package dev.reprise;

import static org.awaitility.Awaitility.await;

import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;

/**
 * The service on port 8080 with a test cluster and sample workloads to try it on: {@code ./mvnw
 * spring-boot:test-run}. The only main class among the tests, since that is how the plugin finds
 * it.
 */
public final class TestRepriseApplication {
  private static final Path HOME =
      Path.of(System.getProperty("reprise.cluster.home", "target/cluster"));
  private static final Path SAMPLES = Path.of("src/test/cluster/samples.yaml");
  private static final Path CRD = Path.of("helm/reprise/files/restarts-crd.yaml");

  private TestRepriseApplication() {}

  public static void main(String[] args) throws IOException {
    say("starting the test cluster; its logs are in " + HOME.resolve("logs"));
    TestCluster cluster = TestCluster.start(HOME);
    say("kubeconfig: " + cluster.kubeconfig());
    fill(cluster);
    say("starting the service");
    URI service = serve(cluster, args);
    say("waiting for the service to be ready");
    awaitReady(service);
    System.err.print(
        """

        Reprise is running. Ctrl-C ends it and its cluster.

          Swagger UI:  %1$s/swagger-ui.html
          kubectl:     export KUBECONFIG=%2$s; kubectl get deployments,statefulsets,daemonsets,rollouts -n demo
          try:         curl -sS -X POST '%1$s/namespaces/demo/restarts' \\
                         -H 'Content-Type: application/json' -H 'Prefer: wait=60' \\
                         -d '{"kind":"Deployment","name":"checkout"}'

        """
            .formatted(service, cluster.kubeconfig()));
  }

  private static void fill(TestCluster cluster) throws IOException {
    cluster.kubectl().apply(Files.readString(SAMPLES));
    cluster.kubectl().apply(Files.readString(CRD));
    // By its name: the kubectl of a containerised cluster sees no file of ours.
    cluster
        .kubectl()
        .run("wait", "--for=condition=Established", "crd/restarts.reprise.dev", "--timeout=120s");
    say("waiting for the sample workload demo/checkout");
    cluster.kubectl().in("demo").run("rollout", "status", "deployment/checkout", "--timeout=180s");
  }

  private static URI serve(TestCluster cluster, String... args) {
    List<String> arguments = new ArrayList<>(List.of(args));
    arguments.add("--reprise.kubernetes.kubeconfig=" + cluster.kubeconfig());
    // Nobody but whoever started it has this cluster.
    arguments.add("--reprise.kubernetes.restarts-by-others=Accept");
    String port =
        SpringApplication.from(RepriseApplication::main)
            .run(arguments.toArray(String[]::new))
            .getApplicationContext()
            .getEnvironment()
            .getRequiredProperty("local.server.port");
    return URI.create("http://localhost:" + port);
  }

  /** Until its watches have begun, it would answer what we are about to suggest with 503. */
  private static void awaitReady(URI service) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest question = HttpRequest.newBuilder(service.resolve("/readyz")).build();
      await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> client.send(question, BodyHandlers.ofString()),
              answer -> answer.statusCode() == 200);
    }
  }

  private static void say(String what) {
    System.err.println("[test cluster] " + what);
  }
}
