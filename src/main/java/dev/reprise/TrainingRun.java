package dev.reprise;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the service as a pod does, asks it what a pod is asked first, and ends: the run that the
 * image's ahead-of-time cache is made of. It needs no cluster; where the API server should be,
 * nobody is.
 */
final class TrainingRun {

  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      current-context: nobody
      contexts: [{name: nobody, context: {cluster: nobody, user: nobody}}]
      clusters: [{name: nobody, cluster: {server: "https://localhost:1"}}]
      users: [{name: nobody, user: {token: nobody}}]
      """;

  private static final List<String> QUESTIONS =
      List.of("/livez", "/readyz", "/namespaces/default/workloads", "/v3/api-docs");

  private TrainingRun() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path kubeconfig = Files.writeString(Files.createTempFile("training", ".yaml"), KUBECONFIG);
    try (ConfigurableApplicationContext context =
            SpringApplication.run(
                RepriseApplication.class,
                "--reprise.kubernetes.kubeconfig=" + kubeconfig,
                "--server.port=0",
                "--management.server.port=0",
                "--logging.structured.format.console=ecs");
        HttpClient client = HttpClient.newHttpClient()) {
      String port = context.getEnvironment().getRequiredProperty("local.server.port");
      for (String question : QUESTIONS) {
        URI address = URI.create("http://localhost:" + port + question);
        client.send(
            HttpRequest.newBuilder(address).header("Authorization", "Bearer nobody").build(),
            BodyHandlers.discarding());
      }
    }
  }
}
