package dev.reprise.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.plan.Surroundings;
import dev.reprise.plan.Surroundings.NotChecked;
import dev.reprise.restart.Samples;
import dev.reprise.workload.PodTemplate;
import dev.reprise.workload.WorkloadState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is around a workload, and what nobody lets us see of it. */
class SurveyTests {

  private static final String NONE = "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";
  private static final WorkloadState WEB = Samples.deployment(3);

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final KubernetesApi api = server.api(time.timing());
  private final Map<String, MockResponse> answers = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void listsAutoscalersQuotasAndCanariesOfTheNamespaceFromTheServersCache() {
    assertThat(survey(WEB)).isEqualTo(Surroundings.NOT_ASKED);
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "/apis/autoscaling/v2/namespaces/demo/horizontalpodautoscalers?limit=500&resourceVersion=0",
            "/api/v1/namespaces/demo/resourcequotas?limit=500&resourceVersion=0",
            "/apis/flagger.app/v1beta1/namespaces/demo/canaries?limit=500&resourceVersion=0");
  }

  @Test
  void asksForTheVolumeClaimsOfThePodTemplateAlone() {
    answers.put(
        "persistentvolumeclaims",
        new MockResponse.Builder()
            .body(
                """
                {"metadata": {"resourceVersion": "1"}, "items": [
                  {"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"]}}]}
                """)
            .build());

    Surroundings around =
        survey(
            Samples.with(
                WEB,
                Samples.with(
                    WEB.workload(),
                    new PodTemplate("hash", null, Map.of(), true, List.of("data")))));

    assertThat(around.volumeClaims())
        .containsExactly(new Surroundings.VolumeClaim("data", "ReadWriteOnce"));
    assertThat(asked)
        .contains(
            "/api/v1/namespaces/demo/persistentvolumeclaims"
                + "?fieldSelector=metadata.name%3Ddata&limit=500&resourceVersion=0");
  }

  @Test
  void saysWhichRightIsMissingAndGoesOn() {
    answers.put(
        "resourcequotas",
        FakeApiServer.refusal(403, "Forbidden", "cannot list resource resourcequotas").build());
    answers.put(
        "horizontalpodautoscalers",
        new MockResponse.Builder()
            .body(
                """
                {"metadata": {"resourceVersion": "1"}, "items": [
                  {"metadata": {"name": "web"}, "spec": {"maxReplicas": 5,
                    "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}}]}
                """)
            .build());

    Surroundings around = survey(WEB);

    assertThat(around.notChecked())
        .containsExactly(new NotChecked("resourcequotas", "cannot list resource resourcequotas"));
    assertThat(around.autoscalers()).hasSize(1);
  }

  @Test
  void findsNothingAmissWhereAKindIsNotInstalled() {
    answers.put(
        "canaries", new MockResponse.Builder().code(404).body("404 page not found").build());

    assertThat(survey(WEB).notChecked()).isEmpty();
  }

  @Test
  void saysWhyBudgetsAreNotKnown() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    answers.put(
        "poddisruptionbudgets",
        FakeApiServer.refusal(403, "Forbidden", "cannot list poddisruptionbudgets").build());
    answerByKind();
    // Whoever waits before the next try has been refused, and waits for ever.
    Timing timing =
        new Timing(
            System::nanoTime,
            _ -> {
              refused.countDown();
              new CountDownLatch(1).await();
            },
            () -> 0L);
    CoveredKind<String> budgets =
        new CoveredKind<>(
            new ReflectorFactory(api, Set.of("demo"), timing),
            Resources.BUDGETS,
            object -> "",
            (_, _) -> {});

    assertThat(budgets.gap("demo")).hasValue("they have not been listed yet");
    budgets.start();
    try {
      assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(budgets.gap("demo")).hasValue("cannot list poddisruptionbudgets");
      assertThat(budgets.gap("shop")).isEmpty();
    } finally {
      budgets.stop();
    }
  }

  private Surroundings survey(WorkloadState state) {
    answerByKind();
    return new Survey(api).of(state);
  }

  private void answerByKind() {
    server.answerBy(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String kind = request.getUrl().encodedPath().replaceFirst(".*/", "");
            asked.add(request.getTarget());
            return answers.getOrDefault(kind, new MockResponse.Builder().body(NONE).build());
          }
        });
  }
}
