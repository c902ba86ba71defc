package dev.reprise.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reprise.cluster.RawCluster;
import dev.reprise.scenario.Service;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** What a plan predicts is what the real controllers then do; docs/predictions.md has it all. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictionsClusterTests {

  private static final boolean WRITE = System.getProperty("predictions.write") != null;
  private static final Path REPORT = Path.of("target/predictions.md");
  private static final int AT_ONCE = 8;

  private final List<Situation> situations = Situations.all();
  private final List<Row> rows = new ArrayList<>();
  private Service service;
  private Watched watched;
  private ExecutorService threads;
  private List<Future<Row>> trials;

  @BeforeAll
  void beginTrials(TestCluster cluster, Namespace own) {
    service = Service.start(cluster, own);
    RawCluster raw = RawCluster.of(cluster.kubeconfig());
    watched = new Watched(raw, own.name());
    threads = Executors.newFixedThreadPool(AT_ONCE);
    trials =
        IntStream.range(0, situations.size())
            .mapToObj(number -> threads.submit(trial(raw, own.name(), number)::run))
            .toList();
  }

  private Trial trial(RawCluster cluster, String namespace, int number) {
    Situation situation = situations.get(number);
    String name = situation.kind().kind().toLowerCase(Locale.ROOT) + "-" + number;
    return new Trial(
        service.caller(),
        watched,
        namespace,
        situation,
        new Stage(cluster, watched, namespace, situation.kind(), name));
  }

  @AfterAll
  void stop() {
    if (trials != null) {
      threads.shutdownNow();
      watched.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> observesWhatThePlanPredicts() {
    return Stream.concat(
        IntStream.range(0, situations.size()).mapToObj(this::isBorneOut),
        Stream.of(dynamicTest("publishes what came of it", this::publish)));
  }

  private DynamicTest isBorneOut(int number) {
    return dynamicTest(
        situations.get(number).toString(),
        () -> {
          Row row = trials.get(number).get();
          rows.add(row);
          assertThat(row.isBorneOut()).as(row.toString()).isTrue();
        });
  }

  private void publish() throws IOException {
    String page = Page.of(rows);
    Files.writeString(REPORT, page);
    if (WRITE) {
      Files.writeString(Page.PUBLISHED, page);
    }

    assertThat(Page.withoutTiming(Files.readString(Page.PUBLISHED)))
        .as("docs/predictions.md, which -Dpredictions.write rewrites")
        .isEqualTo(Page.withoutTiming(page));
  }
}
