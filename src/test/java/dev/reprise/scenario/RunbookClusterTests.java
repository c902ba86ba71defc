package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static dev.reprise.scenario.Manifest.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Shell.Ended;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runbook, line by line from its beginning to its end, as if pasted into one terminal. What a
 * script prints is compared answers first; the namespace of the test goes by the page's name.
 */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookClusterTests {

  private static final String KUBECTL_PRINTS_ITS_WORDS = "kubectl() { printf '%s\\n' \"$@\"; }\n";

  private static final String SETS_THE_TOKEN = "TOKEN=$(kubectl ";

  private static final String RIGHTS =
      """
      - {apiGroups: [apps], resources: [deployments], verbs: [restart]}
      - {apiGroups: [argoproj.io], resources: [rollouts], verbs: [restart]}
      """;

  private final Map<String, Runbook.Words> words = new HashMap<>();
  private Service service;
  private Namespace namespace;
  private Path terminal;

  /** The variables that the lines of the page leave to each other. */
  private String restart = "";

  private String token = "";

  @BeforeAll
  void start(TestCluster cluster, Namespace own, @TempDir Path folder) {
    namespace = own;
    terminal = folder.resolve("restart");
    service = Service.start(cluster, own, "--reprise.authentication.mode=kubernetes");
    Account.create(own, "night-shift", RIGHTS);
    Workloads workloads = new Workloads(own);
    workloads.create(deployment("checkout").pods("ready-after", "2s"));
    workloads.createWell(deployment("reports").replicas(2).pods("pod", "crash-loop"));
    workloads.create(rollout("solo").replicas(1).pods("ready-after", "2s"));
  }

  @AfterAll
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  static List<Runbook.Step> steps() throws IOException {
    return Runbook.steps(Files.readString(Path.of("docs/runbook.md")));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void printsAndExitsAsTheRunbookSays(Runbook.Step step) throws IOException {
    Ended ended =
        step.script().startsWith(SETS_THE_TOKEN)
            ? createToken(step)
            : step.script().startsWith("kubectl ") ? kubectl(step.script()) : paste(step);

    String printed = ended.printed().replace(namespace.name(), "demo");
    words.computeIfAbsent(step.section(), _ -> new Runbook.Words()).match(printed, step.printed());
    assertThat(ended.exitCode()).as(printed).isEqualTo(step.exitCode());
  }

  private Ended paste(Runbook.Step step) throws IOException {
    String keeping = "\ncode=$?; printf %s \"$restart\" > \"$TERMINAL\"; exit $code";
    Ended ended = shell().run(step.script() + keeping);
    restart = Files.readString(terminal);
    return ended;
  }

  private Ended createToken(Runbook.Step step) {
    String printed = kubectl(step.script() + "\nprintf '%s\\n' \"$TOKEN\"").output();
    token = printed.strip();
    return new Ended("", "", 0);
  }

  /** The cluster's own, which may not be on the PATH; any exit code but 0 is a failure. */
  private Ended kubectl(String script) {
    List<String> arguments =
        shell().run(KUBECTL_PRINTS_ITS_WORDS + script).output().lines().toList();
    return new Ended(namespace.kubectl().run("", arguments), "", 0);
  }

  private Shell shell() {
    return new Shell(
        Map.of(
            "REPRISE",
            service.address().toString(),
            "NS",
            namespace.name(),
            "ACCOUNT",
            "night-shift",
            "TOKEN",
            token,
            "TERMINAL",
            terminal.toString(),
            "restart",
            restart));
  }
}
