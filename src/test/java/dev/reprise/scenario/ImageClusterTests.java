package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.bench.Footprint;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.Ports;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image's content, as the chart runs it, without a container engine. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageClusterTests {

  private static final int ROUNDS = 5;

  private TestCluster cluster;
  private Namespace namespace;
  private Image image;

  @BeforeAll
  void build(TestCluster shared, Namespace own, @TempDir Path folder)
      throws IOException, InterruptedException {
    cluster = shared;
    namespace = own;
    Service.install(cluster);
    image = Image.build(folder);
  }

  /** The process, the port of its management, and how long it took to be ready. */
  private record Started(
      Process process, Caller caller, Caller management, Path log, Duration after, Duration cpu)
      implements AutoCloseable {

    @Override
    public void close() {
      process.destroy();
      await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());
    }
  }

  private Started start(List<String> entryPoint) throws IOException {
    int port = Ports.free();
    int management = Ports.free();
    List<String> words = new ArrayList<>(entryPoint);
    // The memory that the chart gives it.
    words.add(1, "-XX:MaxRAM=512m");
    words.addAll(
        Service.arguments(
            cluster.kubeconfig().toAbsolutePath(),
            namespace.name(),
            "--reprise.authentication.mode=none"));
    words.add("--server.port=" + port);
    Path log = Path.of("target", "image-" + port + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(image.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // As the chart sets them.
    builder.environment().put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
    builder.environment().put("LOGGING_STRUCTURED_FORMAT_CONSOLE", "ecs");
    long began = System.nanoTime();
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Caller caller = new Caller(URI.create("http://localhost:" + port));
    caller.awaitReady();
    return new Started(
        process,
        caller,
        new Caller(URI.create("http://localhost:" + management)),
        log,
        Duration.ofNanos(System.nanoTime() - began),
        Footprint.cpu(process));
  }

  @Test
  void isReadySoonerFromTheCache() throws IOException, InterruptedException {
    List<Ready> with = new ArrayList<>();
    List<Ready> without = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      without.add(measured(image.entryPointWithoutCache()));
      with.add(measured(image.entryPoint()));
    }

    System.out.printf(
        "[image] from the process's start to the first 200 of /readyz, medians of %d%n"
            + "[image] with the AOT cache (%d MB): %s%n[image] without: %s%n",
        ROUNDS, Files.size(image.cache()) / 1_000_000, Ready.median(with), Ready.median(without));
    assertThat(Ready.median(with).cpu()).isLessThan(Ready.median(without).cpu());
  }

  /**
   * How it got ready.
   *
   * @param cpu which tells more than the time, where others use the machine too
   * @param resident in MB, after a collection
   */
  private record Ready(Duration time, Duration cpu, long resident) {

    static Ready median(List<Ready> all) {
      return new Ready(
          middle(all.stream().map(Ready::time)),
          middle(all.stream().map(Ready::cpu)),
          middle(all.stream().map(Ready::resident)));
    }

    private static <T extends Comparable<T>> T middle(Stream<T> values) {
      List<T> sorted = values.sorted().toList();
      return sorted.get(sorted.size() / 2);
    }

    @Override
    public String toString() {
      return "%d ms, %d ms of CPU, %d MB resident"
          .formatted(time.toMillis(), cpu.toMillis(), resident);
    }
  }

  private Ready measured(List<String> entryPoint) throws IOException, InterruptedException {
    try (Started started = start(entryPoint)) {
      return new Ready(started.after(), started.cpu(), Footprint.of(started.process()).resident());
    }
  }

  @Test
  void showsOnlyWhatTellsNothingOfTheEnvironment() throws IOException {
    try (Started started = start(image.entryPoint())) {
      Caller management = started.management();

      assertThat(management.get("/actuator").body().path("_links").propertyNames())
          .allMatch(name -> name.matches("self|(health|info|prometheus|sbom)(-.*)?"));
      assertThat(started.caller().get("/actuator").status()).isEqualTo(404);
      assertThat(started.caller().get("/actuator/prometheus").status()).isEqualTo(404);
      assertThat(started.caller().get("/livez").status()).isEqualTo(200);
      assertThat(management.get("/actuator/health/readiness").status()).isEqualTo(200);
    }
  }

  /** What the pod of {@code helm test} runs. */
  @Test
  void checksWhetherAnotherIsReady() throws IOException, InterruptedException {
    try (Started started = start(image.entryPoint())) {
      URI address = started.caller().address();

      assertThat(image.run("dev.reprise.ReadinessCheck", address.resolve("/readyz"))).isEqualTo(0);
      assertThat(image.run("dev.reprise.ReadinessCheck", address.resolve("/nowhere"))).isEqualTo(1);
    }
  }

  @Test
  void tellsWhatItIsMadeOf() throws IOException {
    try (Started started = start(image.entryPoint())) {
      JsonNode sbom = started.management().get("/actuator/sbom/application").body();

      assertThat(sbom.path("bomFormat").asString("")).isEqualTo("CycloneDX");
      assertThat(sbom.path("components").valueStream())
          .extracting(component -> component.path("name").asString(""))
          .contains("client-java", "spring-boot", "okhttp-jvm");
    }
  }

  @Test
  void warnsAtItsStartThatNobodyIsAskedWhoTheyAre() throws IOException {
    Path log;
    try (Started started = start(image.entryPoint())) {
      log = started.log();
    }

    assertThat(log).content().contains("\"WARN\"", "Authentication is off");
  }

  @Test
  void logsOneObjectALineWhateverComesFromOutside() throws IOException {
    new Workloads(namespace).create(deployment("logged"));
    Path log;
    try (Started started = start(image.entryPoint())) {
      log = started.log();
      started
          .caller()
          .ended(
              started
                  .caller()
                  .post(
                      namespace.name(),
                      """
                      {"kind": "Deployment", "name": "logged", "reason": "a\\r\\n\\u001b[31m\\"b"}\
                      """));
    }

    try (Stream<String> lines = Files.lines(log)) {
      List<JsonNode> objects = lines.map(JsonMapper.shared()::readTree).toList();
      assertThat(objects)
          .isNotEmpty()
          .allMatch(object -> object.has("@timestamp") && object.has("message"));
      assertThat(objects)
          .extracting(object -> object.at("/service/name").asString(""))
          .containsOnly("reprise");
      assertThat(objects)
          .extracting(object -> object.path("why").asString(""))
          .contains("a [31m'b");
    }
  }
}
