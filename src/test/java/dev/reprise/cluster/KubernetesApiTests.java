package dev.reprise.cluster;

import static dev.reprise.cluster.FakeApiServer.json;
import static dev.reprise.cluster.FakeApiServer.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesApiTests {

  private static final ApiPath CHECKOUT =
      new ApiResource("apps", "v1", "deployments").in("shop").named("checkout");
  private static final ApiPath PODS = new ApiResource("", "v1", "pods").in("shop");
  private static final String UNCONDITIONAL = "{\"spec\":{}}";
  private static final String CONDITIONAL = "{\"metadata\":{\"resourceVersion\":\"7\"}}";

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final KubernetesApi api = server.api(time.timing());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void patchesWithAMergePatchUnderOurNames() throws Exception {
    server.answer(200, object("shop", "checkout", "8"));

    ApiAnswer answer = api.mergePatch(CHECKOUT.subresource("status"), json(CONDITIONAL));

    RecordedRequest request = server.request();
    assertThat(request.getRequestLine())
        .isEqualTo(
            "PATCH /apis/apps/v1/namespaces/shop/deployments/checkout/status"
                + "?fieldManager=reprise HTTP/2");
    assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/merge-patch+json");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("reprise/test");
    assertThat(request.getBody().utf8()).isEqualTo(CONDITIONAL);
    assertThat(answer.body()).isEqualTo(json(object("shop", "checkout", "8")));
  }

  @Test
  void onlyAsksWhatAWriteWouldDoInADryRun() throws Exception {
    server.answer(200, "{}");

    api.dryRun().create(PODS, json("{}"));

    assertThat(server.request().getTarget())
        .isEqualTo("/api/v1/namespaces/shop/pods?dryRun=All&fieldManager=reprise");
  }

  @Test
  void deletesOnlyTheObjectThatWasSeen() throws Exception {
    server.answer(200, "{}");

    api.delete(CHECKOUT, "u1", "7");

    assertThat(json(server.request().getBody().utf8()).get("preconditions"))
        .isEqualTo(json("{\"uid\":\"u1\",\"resourceVersion\":\"7\"}"));
  }

  @Test
  void tellsTheServersTime() {
    server.answer(
        new MockResponse.Builder()
            .body("{}")
            .addHeader("Date", "Tue, 29 Sep 2026 10:15:30 GMT")
            .build());

    assertThat(api.get(CHECKOUT).serverTime()).isEqualTo(Instant.parse("2026-09-29T10:15:30Z"));
  }

  @Test
  void keepsFieldsAndNumbersAsTheyCame() {
    String body = "{\"spec\":{\"unknownToThisClient\":1.50,\"big\":12345678901234567890}}";
    server.answer(200, body);

    assertThat(api.get(CHECKOUT).body()).hasToString(body);
  }

  @Test
  void handsOverAListPageByPage() throws Exception {
    server.answer(
        200,
        "{\"metadata\":{\"resourceVersion\":\"10\",\"continue\":\"a b+c\"},\"items\":[%s,%s]}"
            .formatted(object("shop", "a", "1"), object("shop", "b", "2")));
    server.list("10", object("shop", "c", "3"));

    List<String> names = new ArrayList<>();
    String version =
        api.list(
            PODS,
            new Selection("app in (a,b)", "spec.nodeName=n1", false),
            object -> names.add(ObjectKey.of(object).name()));

    assertThat(names).containsExactly("a", "b", "c");
    assertThat(version).isEqualTo("10");
    RecordedRequest first = server.request();
    assertThat(first.getUrl().queryParameter("limit")).isEqualTo("500");
    assertThat(first.getUrl().queryParameter("labelSelector")).isEqualTo("app in (a,b)");
    assertThat(first.getUrl().queryParameter("fieldSelector")).isEqualTo("spec.nodeName=n1");
    assertThat(first.getUrl().queryParameter("continue")).isNull();
    RecordedRequest second = server.request();
    assertThat(second.getUrl().queryParameter("continue")).isEqualTo("a b+c");
    assertThat(second.getUrl().queryParameter("labelSelector")).isEqualTo("app in (a,b)");
  }

  @Test
  void takesAListWithoutItemsForAnEmptyOne() {
    server.answer(200, "{\"metadata\":{\"resourceVersion\":\"10\"},\"items\":null}");

    List<Object> objects = new ArrayList<>();
    api.list(PODS, Selection.ALL, objects::add);

    assertThat(objects).isEmpty();
  }

  @Test
  void comesBackNoEarlierThanTheServerSaid() {
    for (int i = 0; i < 3; i++) {
      server.answer(
          FakeApiServer.refusal(429, "TooManyRequests", "later")
              .addHeader("Retry-After", 5)
              .build());
    }
    server.answer(200, "{}");

    api.get(CHECKOUT);

    assertThat(time.waits)
        .hasSize(3)
        .allSatisfy(wait -> assertThat(wait).isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
  }

  @Test
  void doesNotWaitForWhatLiesBehindItsDeadline() {
    server.answer(
        FakeApiServer.refusal(429, "TooManyRequests", "later").addHeader("Retry-After", 3).build());

    ApiFailure failure = failure(() -> api.within(Duration.ofSeconds(2)).get(CHECKOUT));

    assertThat(failure.code()).isEqualTo(429);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(time.waits).isEmpty();
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void givesUpAtItsDeadlineWhenTheServerStaysInTrouble() {
    for (int i = 0; i < 20; i++) {
      server.refuse(500, "InternalError", "etcdserver: request timed out");
    }

    ApiFailure failure = failure(() -> api.get(CHECKOUT));

    assertThat(failure.code()).isEqualTo(500);
    assertThat(time.waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(FakeApiServer.properties().deadline());
    assertThat(time.waits).hasSizeBetween(5, 10).isSorted();
  }

  @Test
  void endsAtItsDeadlineWhenTheServerIsSilent() {
    ApiFailure failure = failure(() -> api.within(Duration.ofMillis(50)).get(CHECKOUT));

    assertThat(failure.code()).isZero();
    assertThat(failure.outcomeUnknown()).as("nothing is unknown after a read").isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Protocol.class,
      names = {"HTTP_1_1", "H2_PRIOR_KNOWLEDGE"})
  void neverSendsAPatchAgainWhoseAnswerWasLost(Protocol protocol) {
    try (FakeApiServer losing = new FakeApiServer(protocol)) {
      for (int i = 0; i < 3; i++) {
        losing.answer(
            new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .body("{}")
                .build());
      }
      KubernetesApi toLosing = losing.api(time.timing());

      ApiFailure failure = failure(() -> toLosing.mergePatch(CHECKOUT, json(CONDITIONAL)));

      assertThat(failure.code()).isZero();
      assertThat(failure.outcomeUnknown()).isTrue();
      assertThat(failure.neverSent()).isFalse();
      assertThat(failure).hasMessageEndingWith("(it may have taken effect)");
      assertThat(losing.requestCount()).isEqualTo(1);
      assertThat(time.waits).isEmpty();
    }
  }

  @Test
  void readsAgainWhenTheAnswerWasLost() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.answer(200, "{}");

    api.get(CHECKOUT);

    assertThat(server.requestCount()).isEqualTo(2);
  }

  @Test
  void reviewsAgainWhenTheAnswerWasLostSinceNothingIsStored() {
    server.answer(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    server.answer(201, "{}");

    api.review(
        new ApiResource("authentication.k8s.io", "v1", "tokenreviews").everywhere(), json("{}"));

    assertThat(server.requestCount()).isEqualTo(2);
  }

  @Test
  void triesAnyWriteAgainWhileThereIsNobodyToSendItTo() {
    server.close();

    ApiFailure failure = failure(() -> api.create(PODS, json("{}")));

    assertThat(failure.neverSent()).isTrue();
    assertThat(failure.outcomeUnknown()).isFalse();
    assertThat(time.waits).isNotEmpty();
  }

  @Test
  void writesAgainWhatFlowControlTurnedAway() {
    server.refuse(429, "TooManyRequests", "later");
    server.answer(201, "{}");

    api.create(PODS, json("{}"));

    assertThat(server.requestCount()).isEqualTo(2);
  }

  @Test
  void patchesAgainAfterBeingTurnedAwayOnlyWithAPrecondition() {
    MockResponse turnedAway =
        FakeApiServer.refusal(503, "ServiceUnavailable", "starting")
            .addHeader("Retry-After", 1)
            .build();
    server.answer(turnedAway);
    server.answer(200, "{}");
    server.answer(turnedAway);

    api.mergePatch(CHECKOUT, json(CONDITIONAL));
    ApiFailure failure = failure(() -> api.mergePatch(CHECKOUT, json(UNCONDITIONAL)));

    assertThat(failure.outcomeUnknown()).isTrue();
    assertThat(server.requestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void doesNotWriteAgainAfterAServerError(int code) {
    server.refuse(code, "", "trouble");

    ApiFailure failure = failure(() -> api.mergePatch(CHECKOUT, json(CONDITIONAL)));

    assertThat(failure.outcomeUnknown()).isTrue();
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void reportsADisruptionBudgetsNoAtOnce() {
    String status =
        "{\"kind\":\"Status\",\"code\":429,\"reason\":\"TooManyRequests\",\"message\":\"Cannot"
            + " evict pod as it would violate the pod's disruption"
            + " budget.\",\"details\":{\"causes\":[{\"reason\":\"DisruptionBudget\",\"message\":\"needs"
            + " 2, has 2\"}],\"retryAfterSeconds\":10}}";
    server.answer(429, status);

    ApiFailure failure =
        failure(() -> api.create(PODS.named("p").subresource("eviction"), json("{}")));

    assertThat(failure.hasCause("DisruptionBudget")).isTrue();
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(10));
    assertThat(time.waits).isEmpty();
  }

  @Test
  void saysWhatWasRefusedAndWhy() {
    server.refuse(403, "Forbidden", "deployments.apps is forbidden");

    ApiFailure failure = failure(() -> api.mergePatch(CHECKOUT, json(CONDITIONAL)));

    assertThat(failure)
        .hasMessage(
            "PATCH deployments.apps shop/checkout: 403 Forbidden: deployments.apps is forbidden");
    assertThat(failure.reason()).isEqualTo("Forbidden");
    assertThat(failure.outcomeUnknown()).isFalse();
    assertThat(server.requestCount()).isEqualTo(1);
  }

  @Test
  void copesWithAnAnswerThatIsNoStatus() {
    server.answer(404, "404 page not found\n");

    ApiFailure failure = failure(() -> api.get(CHECKOUT));

    assertThat(failure).hasMessage("GET deployments.apps shop/checkout: 404: 404 page not found");
  }

  @Test
  void endsWhenInterrupted() {
    Thread.currentThread().interrupt();

    ApiFailure failure = failure(() -> api.get(CHECKOUT));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isZero();
  }

  private static ApiFailure failure(Runnable call) {
    ApiFailure failure = catchThrowableOfType(ApiFailure.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }
}
