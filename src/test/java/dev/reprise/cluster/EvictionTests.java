package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.EvictionOutcome;
import dev.reprise.workload.PodSnapshot;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Evictions, and what the API server says to them. */
class EvictionTests {

  private static final PodSnapshot POD = Samples.statefulSet(1).pods().getFirst();

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final KubernetesApi api = server.api(time.timing());
  private final ReflectorFactory reflectors = new ReflectorFactory(api, Set.of(), time.timing());
  private final WorkloadWatches watches = new WorkloadWatches(reflectors);
  private final ClusterWorkloads workloads =
      new ClusterWorkloads(api, watches, System::nanoTime, false);

  @AfterEach
  void close() {
    watches.close();
    server.close();
  }

  @Test
  void areOfThisVeryPod() throws Exception {
    server.answer(201, "{}");

    assertThat(evict()).isEqualTo(new EvictionOutcome.Evicted());
    RecordedRequest request = server.request();
    assertThat(request.getUrl().encodedPath())
        .isEqualTo("/api/v1/namespaces/demo/pods/" + POD.name() + "/eviction");
    assertThat(request.getBody().utf8())
        .contains(
            "\"apiVersion\":\"policy/v1\"", "\"preconditions\":{\"uid\":\"" + POD.uid() + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"404, NotFound", "409, Conflict"})
  void areDoneWhenThePodIsGoneOrAnotherStandsThere(int code, String reason) {
    server.refuse(code, reason, "not that one");

    assertThat(evict()).isEqualTo(new EvictionOutcome.Evicted());
  }

  @Test
  void areBlockedByABudget() {
    server.answer(
        429,
        """
        {"kind": "Status", "code": 429, "reason": "TooManyRequests", "message": "It would violate the budget",
         "details": {"causes": [{"reason": "DisruptionBudget", "message": "needs 3, has 2"}]}}
        """);

    assertThat(evict()).isEqualTo(new EvictionOutcome.Blocked("It would violate the budget", null));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 422, 500})
  void areRefusedForGood(int code) {
    server.refuse(code, "Forbidden", "not by you");

    assertThat(evict()).isEqualTo(new EvictionOutcome.Refused("Forbidden", "not by you"));
  }

  @Test
  void areUncertainWhenTheAnswerIsLost() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());

    assertThat(evict()).isEqualTo(new EvictionOutcome.Uncertain());
  }

  private EvictionOutcome evict() {
    return workloads.evict("demo", POD);
  }
}
