package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of what runs at once. */
@ClusterTest
class PlacesClusterTests {

  private static final int WORKLOADS = 5;

  private TestCluster cluster;
  private Namespace namespace;
  private Service service;
  private Caller caller;

  @BeforeEach
  void start(TestCluster shared, Namespace own) {
    cluster = shared;
    namespace = own;
    service = Service.start(shared, own, "--reprise.at-once.per-namespace=2");
    caller = service.caller();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void lateRequestsWaitForAPlaceAndSayHowManyAreBeforeThem() {
    createStuck();

    List<Answer> begun = names().map(this::restart).toList();
    List<Answer> seen = begun.stream().map(Answer::location).map(caller::get).toList();

    assertThat(seen).extracting(now -> now.text("phase")).startsWith("Progressing", "Progressing");
    assertThat(seen.subList(2, WORKLOADS))
        .extracting(now -> now.text("reason"))
        .containsOnly("WaitingForPlace");
    assertThat(seen.getLast().text("message")).contains("2 before it in this namespace");
  }

  @Test
  void aPlaceThatIsGivenUpGoesToTheOneThatHasWaitedLongest() {
    createStuck();
    List<Answer> begun = names().map(this::restart).toList();

    caller.cancel(begun.getFirst().location());

    caller.awaitUntil(begun.get(2).location(), now -> now.text("phase").equals("Progressing"));
    assertThat(caller.get(begun.get(3).location()).text("reason")).isEqualTo("WaitingForPlace");
  }

  @Test
  void aGroupTakesNoMoreThanThereAre() {
    names().forEach(name -> namespace.apply(slow(name).yaml()));
    names().forEach(name -> new Workloads(namespace).awaitAvailable("Deployment", name, 1));
    try (AtOnce rollouts = new AtOnce(cluster, namespace)) {
      Answer ended =
          caller.awaitEnd(
              caller.post(namespace.name(), "{\"all\": true, \"maxParallel\": 5}").location());

      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(ended.number("counts", "succeeded")).isEqualTo(WORKLOADS);
      assertThat(rollouts.most()).isEqualTo(2);
    }
  }

  /** Whose next pods never become ready. */
  private void createStuck() {
    Workloads workloads = new Workloads(namespace);
    names()
        .forEach(
            name -> workloads.createWell(deployment(name).replicas(1).pods("pod", "never-ready")));
  }

  private static Manifest slow(String name) {
    return deployment(name).replicas(1).pods("ready-after", "2s");
  }

  private Answer restart(String name) {
    Answer begun = caller.restart(namespace.name(), "Deployment", name);
    assertThat(begun.status()).as(begun.body().toString()).isEqualTo(202);
    return begun;
  }

  private static Stream<String> names() {
    return IntStream.range(0, WORKLOADS).mapToObj(number -> "web-" + number);
  }
}
