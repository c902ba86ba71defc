package dev.reprise.web;

import static dev.reprise.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterRefused;
import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeReviews;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Who is let in. */
@WebTest
@TestPropertySource(properties = "reprise.authentication.mode=kubernetes")
@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
class AuthenticationTests {

  private static final String PATH = "/namespaces/demo/restarts";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;
  @Autowired private FakeReviews reviews;
  @Autowired private FakeIdentities identities;

  @BeforeEach
  void reset() {
    store.reset();
    workloads.reset();
    reviews.reset();
    identities.fail(null);
    workloads.put(Samples.deployment(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PATH,
        "/restarts",
        "/namespaces/demo/workloads",
        PATH + "/web-1",
        PATH + "/web-1/events",
        PATH + "/web-1/result",
        "/nowhere",
        "/error"
      })
  void asksForATokenWhateverIsAskedFor(String path) {
    MvcTestResult answer = mvc.get().uri(path).exchange();

    assertProblem(answer, 401, "Unauthorized");
    assertThat(answer).headers().hasValue("WWW-Authenticate", "Bearer");
  }

  @Test
  void startsNothingForWhomNobodyKnows() {
    assertProblem(start("Bearer mallory"), 401, "Unauthorized");

    assertThat(store.everything()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer mallory", "Bearer", "Bearer a b", "bearer ,"})
  void saysThatATokenIsNotAccepted(String header) {
    MvcTestResult answer = mvc.get().uri("/restarts").header("Authorization", header).exchange();

    assertProblem(answer, 401, "Unauthorized");
    assertThat(answer.getResponse().getHeader("WWW-Authenticate")).startsWith("Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YW5uYTphbm5h", "Digest anna"})
  void knowsNoOtherWayIn(String header) {
    MvcTestResult answer = mvc.get().uri("/restarts").header("Authorization", header).exchange();

    assertProblem(answer, 401, "Unauthorized");
    assertThat(answer).headers().hasValue("WWW-Authenticate", "Bearer");
  }

  @Test
  void takesNoTokenFromAUrl() {
    assertProblem(
        mvc.get().uri("/restarts").queryParam("access_token", "anna").exchange(),
        401,
        "Unauthorized");
  }

  @Test
  void keepsNothingBetweenRequests() {
    MvcTestResult answer =
        mvc.get().uri("/restarts").header("Authorization", "Bearer anna").exchange();

    assertThat(answer).hasStatusOk();
    assertThat(answer.getResponse().getHeader("Set-Cookie")).isNull();
    assertThat(answer.getRequest().getSession(false)).isNull();
  }

  @Test
  void recordsWhoAskedAndTheirGroups() {
    assertThat(start("Bearer anna")).hasStatus(202);

    var caller = store.everything().getFirst().requestedBy();
    assertThat(caller.user()).isEqualTo("anna");
    assertThat(caller.groups()).containsExactly("devs");
  }

  @Test
  void tellsTheKeysOfCallersApart() {
    assertThat(start("Bearer anna", "one")).hasStatus(202);
    assertThat(start("Bearer anna", "one")).hasStatus(202);
    assertThat(store.everything()).hasSize(1);

    // Not the Restart of the other one: a request of its own, for which the workload is busy.
    assertProblem(start("Bearer ben", "one"), 409, "Busy");
  }

  @Test
  void isUnavailableWhenTheApiServerIs() {
    identities.fail(new ClusterUnavailable("No answer", false, null, null));

    MvcTestResult answer = start("Bearer anna");

    assertProblem(answer, 503, "ClusterUnavailable");
    assertThat(answer.getResponse().getHeader("Retry-After")).isNotNull();
    assertThat(answer.getResponse().getHeader("WWW-Authenticate")).isNull();
  }

  @Test
  void namesTheRightThatTheServiceLacks() {
    identities.fail(
        new ClusterRefused("cannot create resource \"tokenreviews\"", new RuntimeException()));

    MvcTestResult answer = start("Bearer anna");

    assertProblem(answer, 502, "ClusterRefused");
    assertThat(answer).bodyText().contains("tokenreviews");
  }

  @Test
  void logsNoToken(CapturedOutput output) {
    start("Bearer secret-of-somebody");
    start("Bearer anna");
    identities.fail(new ClusterUnavailable("No answer", false, null, null));
    start("Bearer secret-of-somebody");

    assertThat(output).doesNotContain("secret-of-somebody", "Bearer");
  }

  private MvcTestResult start(String authorization) {
    return start(authorization, "");
  }

  private MvcTestResult start(String authorization, String key) {
    var request =
        mvc.post()
            .uri(PATH)
            .header("Authorization", authorization)
            .contentType("application/json")
            .content("{\"kind\": \"Deployment\", \"name\": \"web\"}");
    return (key.isEmpty() ? request : request.header("Idempotency-Key", key)).exchange();
  }
}
