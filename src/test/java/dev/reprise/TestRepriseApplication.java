package dev.reprise;

import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;

/**
 * The service on port 8080 with a test cluster and sample workloads to try it on: {@code ./mvnw
 * spring-boot:test-run}. The only main class among the tests, since that is how the plugin finds
 * it.
 */
public final class TestRepriseApplication {
  private static final Path HOME = Path.of("target/cluster");
  private static final Path SAMPLES = Path.of("src/test/cluster/samples.yaml");
  private static final Path CRD = Path.of("helm/reprise/templates/restarts-crd.yaml");

  private TestRepriseApplication() {}

  public static void main(String[] args) throws IOException {
    say("starting the test cluster; its logs are in " + HOME.resolve("logs"));
    TestCluster cluster = TestCluster.start(HOME);
    say("kubeconfig: " + cluster.kubeconfig());
    cluster.kubectl().apply(Files.readString(SAMPLES));
    if (Files.exists(CRD)) {
      cluster.kubectl().apply(Files.readString(CRD));
      cluster
          .kubectl()
          .run(
              "wait", "--for=condition=Established", "--filename", CRD.toAbsolutePath().toString());
    }
    say("waiting for the sample workloads");
    cluster.kubectl().in("demo").run("rollout", "status", "deployment/checkout", "--timeout=120s");

    SpringApplication.from(RepriseApplication::main)
        .run("--server.port=8080", "--reprise.kubernetes.kubeconfig=" + cluster.kubeconfig());
    System.err.print(
        """

        Reprise is running. Ctrl-C ends it and its cluster.

          Swagger UI:  http://localhost:8080/swagger-ui.html
          kubectl:     export KUBECONFIG=%s; kubectl get deployments,statefulsets,daemonsets,rollouts -n demo
          try:         curl -sS -X POST 'http://localhost:8080/namespaces/demo/restarts' \\
                         -H 'Content-Type: application/json' -H 'Prefer: wait=60' \\
                         -d '{"kind":"Deployment","name":"checkout"}'

        """
            .formatted(cluster.kubeconfig()));
  }

  private static void say(String what) {
    System.err.println("[test cluster] " + what);
  }
}
