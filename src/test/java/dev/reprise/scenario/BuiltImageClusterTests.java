package dev.reprise.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile, built by a container engine: {@code -Dimage.engine=docker}, or another one. */
@Tag("cluster")
@EnabledIfSystemProperty(named = "image.engine", matches = ".+")
class BuiltImageClusterTests {

  private static final String ENGINE = System.getProperty("image.engine", "");
  private static final String IMAGE = "reprise:built-by-a-test";

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void startsAsTheChartStartsItAndIsAliveWithoutACluster(@TempDir Path folder)
      throws IOException, InterruptedException {
    run("build", "--tag=" + IMAGE, ".");
    assertThat(run("image", "inspect", "--format={{.Config.User}}", IMAGE).strip())
        .isEqualTo("65532:65532");

    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), NOBODY);
    kubeconfig.toFile().setReadable(true, false);
    String container =
        run(
                "run",
                "--detach",
                "--read-only",
                "--tmpfs=/tmp",
                "--memory=512m",
                "--cap-drop=ALL",
                "--publish=127.0.0.1::8080",
                "--volume=" + kubeconfig + ":/kubeconfig:ro",
                IMAGE,
                "--reprise.kubernetes.kubeconfig=/kubeconfig")
            .strip();
    try {
      String address = run("port", container, "8080/tcp").lines().findFirst().orElseThrow();
      await()
          .atMost(Duration.ofMinutes(2))
          .ignoreException(IOException.class)
          .untilAsserted(() -> assertThat(statusOf(address, "/livez")).isEqualTo(200));
      assertThat(statusOf(address, "/readyz")).isEqualTo(503);
      // A JVM that can't use the cache tells so in the log.
      assertThat(run("logs", container)).doesNotContain("[warning][aot]", "[error][aot]");
    } finally {
      run("rm", "--force", container);
    }
  }

  private static final String NOBODY =
      """
      apiVersion: v1
      kind: Config
      current-context: nobody
      contexts: [{name: nobody, context: {cluster: nobody, user: nobody}}]
      clusters: [{name: nobody, cluster: {server: "https://localhost:1"}}]
      users: [{name: nobody, user: {token: nobody}}]
      """;

  private static int statusOf(String address, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String run(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(ENGINE));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes());
    process.onExit().join();
    assertThat(process.exitValue()).as("%s: %s", words, output).isZero();
    return output;
  }
}
