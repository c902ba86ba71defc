package dev.reprise.cluster;

import static dev.reprise.cluster.FakeApiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.DryRunRequest;
import dev.reprise.restart.DryRunRequest.Verdict;
import dev.reprise.restart.Samples;
import dev.reprise.workload.PodSnapshot;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRequestsTests {

  private static final ApiPath WEB =
      new ApiResource("apps", "v1", "deployments").in("demo").named("web");
  private static final PodSnapshot POD = Samples.deployment(1).pods().getFirst();

  private final FakeApiServer server = new FakeApiServer();
  private final HandTiming time = new HandTiming();
  private final DryRequests requests = new DryRequests(server.api(time.timing()));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void sendsTheVeryPatchAsADryRun() throws Exception {
    server.answer(200, "{}");

    DryRunRequest told = requests.patch(WEB, json("{\"spec\":{}}"));

    RecordedRequest sent = server.request();
    assertThat(sent.getRequestLine())
        .isEqualTo(
            "PATCH /apis/apps/v1/namespaces/demo/deployments/web"
                + "?dryRun=All&fieldManager=reprise HTTP/2");
    assertThat(sent.getBody().utf8()).isEqualTo(told.body()).isEqualTo("{\"spec\":{}}");
    assertThat(told)
        .isEqualTo(
            new DryRunRequest(
                "patch", "deployments.apps demo/web", "{\"spec\":{}}", Verdict.Accepted, ""));
  }

  @Test
  void createsInTheCollectionWhatItNames() throws Exception {
    server.answer(201, "{}");

    DryRunRequest told = requests.create(WEB, json("{}"));

    assertThat(server.request().getTarget())
        .isEqualTo("/apis/apps/v1/namespaces/demo/deployments?dryRun=All&fieldManager=reprise");
    assertThat(told.object()).isEqualTo("deployments.apps demo/web");
  }

  @Test
  void evictsOnlyThePodThatWasSeenAndNotInEarnest() throws Exception {
    server.answer(201, "{}");

    DryRunRequest told = requests.evict("demo", POD);

    RecordedRequest sent = server.request();
    assertThat(sent.getTarget())
        .isEqualTo(
            "/api/v1/namespaces/demo/pods/%s/eviction?dryRun=All&fieldManager=reprise"
                .formatted(POD.name()));
    assertThat(json(sent.getBody().utf8()).get("deleteOptions"))
        .isEqualTo(
            json("{\"preconditions\":{\"uid\":\"%s\"},\"dryRun\":[\"All\"]}".formatted(POD.uid())));
    assertThat(told.body()).contains(POD.uid()).doesNotContain("dryRun");
  }

  @ParameterizedTest
  @CsvSource({
    "403, Forbidden",
    "422, Invalid",
    "404, NotFound",
    "400, BadRequest",
    "500, InternalError"
  })
  void tellsARefusalInTheServersWords(int code, String reason) {
    server.refuse(code, reason, "the release freeze is on");

    DryRunRequest told = requests.patch(WEB, json("{}"));

    assertThat(told.verdict()).isEqualTo(Verdict.Refused);
    assertThat(told.message()).isEqualTo("the release freeze is on");
  }

  @Test
  void isNoRefusalThatAWebhookDoesNotSupportDryRuns() {
    server.refuse(400, "BadRequest", "admission webhook 'w' does not support dry run");

    DryRunRequest told = requests.patch(WEB, json("{}"));

    assertThat(told.verdict()).isEqualTo(Verdict.NotChecked);
    assertThat(told.message()).contains("does not support dry run");
  }

  @ParameterizedTest
  @CsvSource({"409, Conflict", "503, ServiceUnavailable"})
  void isNoRefusalThatItMayFareOtherwiseTheNextTime(int code, String reason) {
    server.refuse(code, reason, "the object has been modified");

    assertThat(requests.patch(WEB, json("{}")).verdict()).isEqualTo(Verdict.NotChecked);
  }

  @Test
  void tellsThatABudgetHasNoRoomNow() {
    server.answer(
        new MockResponse.Builder()
            .code(429)
            .body(
                """
                {"kind": "Status", "code": 429, "reason": "TooManyRequests", "message": "no room",
                 "details": {"causes": [{"reason": "DisruptionBudget"}]}}
                """)
            .build());

    assertThat(requests.evict("demo", POD).verdict()).isEqualTo(Verdict.NotNow);
  }
}
