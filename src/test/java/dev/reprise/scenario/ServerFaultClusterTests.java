package dev.reprise.scenario;

import static dev.reprise.scenario.Manifest.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.scenario.ApiProxy.Canned;
import dev.reprise.scenario.ApiProxy.Request;
import dev.reprise.scenario.Caller.Answer;
import dev.reprise.testcluster.ClusterTest;
import dev.reprise.testcluster.Namespace;
import dev.reprise.testcluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API server says that it has too much to do, or that it no longer knows where a watch was. No
 * API server can be brought to say so at a given moment, so that a proxy does.
 */
@ClusterTest
@ExtendWith(FaultTable.Extension.class)
class ServerFaultClusterTests {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ASKED_FOR = Duration.ofSeconds(3);

  private static final String EXPIRED =
      "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": 410,"
          + " \"reason\": \"Expired\", \"message\": \"too old resource version\"}";

  private static final Predicate<Request> READS_DEPLOYMENTS =
      request -> request.method().equals("GET") && request.path().contains("/deployments?");
  private static final Predicate<Request> IS_WATCH = request -> request.path().contains("watch=");

  @TempDir private Path folder;
  @AutoClose private @Nullable ApiProxy proxy;
  private FaultTable table;
  private Workloads workloads;
  private String namespace;

  @BeforeEach
  void createWorkload(TestCluster cluster, Namespace own, FaultTable table) {
    this.table = table;
    workloads = new Workloads(own);
    namespace = own.name();
    Service.install(cluster);
    workloads.create(deployment("web"));
    proxy = ApiProxy.before(cluster);
  }

  private Service throughProxy() {
    return Service.startUnready(proxy.kubeconfig(folder), namespace);
  }

  @ParameterizedTest
  @EnumSource
  void writesNoSoonerThanTheApiServerWishes(Moment write) {
    String wish = String.valueOf(ASKED_FOR.toSeconds());
    try (Service service = throughProxy()) {
      service.caller().awaitReady();
      proxy.answerNext(write.matching(), new Canned(429, Map.of("Retry-After", wish), "Too many"));

      Answer ended = service.caller().restartAndWait(namespace, "Deployment", "web");

      Tally tally = Tally.of(1, workloads.replicaSetsOf("web").size() - 1);
      table.add(4, "429 with Retry-After instead of the write, " + write, tally);
      List<Request> writes = proxy.seen().stream().filter(write.matching()).toList();
      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(tally).isEqualTo(new Tally(1, 1, 0, 0));
      assertThat(Duration.ofNanos(writes.get(1).nanoTime() - writes.get(0).nanoTime()))
          .isGreaterThanOrEqualTo(ASKED_FOR);
    }
  }

  @ParameterizedTest
  @MethodSource("gone")
  void listsOnceAnewWhenItsWatchCantGoOn(String when, Canned answer) {
    try (Service service = throughProxy()) {
      service.caller().awaitReady();
      await()
          .atMost(PATIENCE)
          .until(() -> proxy.seen().stream().anyMatch(READS_DEPLOYMENTS.and(IS_WATCH)));
      long lists = lists();
      proxy.answerNext(READS_DEPLOYMENTS.and(IS_WATCH), answer);

      proxy.away(true);
      workloads.create(deployment("new"));
      proxy.away(false);

      await().atMost(PATIENCE).until(() -> known(service).contains("new"));
      Answer ended = service.caller().restartAndWait(namespace, "Deployment", "new");
      table.add(6, "410 " + when, Tally.of(1, workloads.replicaSetsOf("new").size() - 1));
      assertThat(ended.text("phase")).as(ended.body().toString()).isEqualTo("Succeeded");
      assertThat(lists()).isEqualTo(lists + 1);
    }
  }

  static Stream<Arguments> gone() {
    return Stream.of(
        Arguments.of("when a watch is opened", new Canned(410, Map.of(), EXPIRED)),
        Arguments.of(
            "amid a watch",
            new Canned(
                200, Map.of(), "{\"type\": \"ERROR\", \"object\": %s}%n".formatted(EXPIRED))));
  }

  private long lists() {
    return proxy.seen().stream().filter(READS_DEPLOYMENTS).filter(IS_WATCH.negate()).count();
  }

  /** As its watches have it. */
  private List<String> known(Service service) {
    Answer answer = service.caller().get("/namespaces/" + namespace + "/workloads");
    return answer.status() == 200 ? Caller.names(answer.body()) : List.of();
  }
}
