package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.testcluster.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the README promises of {@code ./mvnw spring-boot:test-run}. */
@Tag("cluster")
@EnabledIf("dev.reprise.testcluster.Binaries#possible")
@ResourceLock("a second cluster")
class TestRepriseApplicationClusterTests {
  private static final Path HOME = Path.of("target/cluster/try").toAbsolutePath();
  private static final Path OUTPUT = Path.of("target/try.log");
  private static final Pattern CURL = Pattern.compile("curl -sS -X POST [^}]*}'");

  private final int port = Ports.free();
  private Process application;

  @AfterEach
  void endTheApplication() {
    if (application != null) {
      application.destroy();
      assertThat(application.onExit()).succeedsWithin(Duration.ofMinutes(1));
    }
  }

  @Test
  void restartsTheSampleAsTheReadmeShowsAndLeavesNoProcessBehind() throws Exception {
    start();
    awaitOutput("Reprise is running");
    String fromReadme = curlIn(Path.of("README.md")).replace("localhost:8080", "localhost:" + port);
    assertThat(curlIn(OUTPUT)).as("what it says to try").isEqualTo(fromReadme);

    JsonNode answer = JsonMapper.shared().readTree(outputOf(fromReadme));

    assertThat(answer.path("phase").asString()).isEqualTo("Succeeded");
    assertThat(answer.path("request").path("name").asString()).isEqualTo("checkout");
    assertThat(processesOfTheCluster()).hasSize(6);
    assertEndsWithAllItStarted();
  }

  @Test
  void leavesNoProcessBehindWhenEndedWhileItStarts() throws Exception {
    start();
    awaitOutput("waiting for the sample workload");

    assertThat(processesOfTheCluster()).isNotEmpty();
    assertEndsWithAllItStarted();
  }

  private void start() throws IOException {
    application =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dreprise.cluster=local",
                "-Dreprise.cluster.home=" + HOME,
                "-cp",
                System.getProperty("java.class.path"),
                TestRepriseApplication.class.getName(),
                "--server.port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile())
            .start();
  }

  private void awaitOutput(String text) {
    await()
        .atMost(Duration.ofMinutes(4))
        .untilAsserted(() -> {
          assertThat(Files.readString(OUTPUT)).contains(text);
          assertThat(application.isAlive()).isTrue();
        });
  }

  /** As Ctrl-C does, but for the terminal, which would tell the children too. */
  private void assertEndsWithAllItStarted() throws InterruptedException {
    application.destroy();

    assertThat(application.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(processesOfTheCluster()).isEmpty();
  }

  /** Whoever has a file of the cluster's folder on its command line, kubectl included. */
  private static List<String> processesOfTheCluster() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(HOME + "/"))
        .toList();
  }

  private static String curlIn(Path file) throws IOException {
    Matcher line = CURL.matcher(Files.readString(file));
    assertThat(line.find()).as("a curl line in " + file).isTrue();
    return line.group().replaceAll("\\\\\\n\\s*", "");
  }

  private static String outputOf(String commandLine) throws IOException {
    Process shell = new ProcessBuilder("sh", "-c", commandLine).redirectErrorStream(true).start();
    return new String(shell.getInputStream().readAllBytes());
  }
}
