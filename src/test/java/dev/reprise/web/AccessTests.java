package dev.reprise.web;

import static dev.reprise.web.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.restart.ClusterUnavailable;
import dev.reprise.restart.FakeRestarts;
import dev.reprise.restart.FakeReviews;
import dev.reprise.restart.FakeWorkloads;
import dev.reprise.restart.GroupStatus;
import dev.reprise.restart.HandClock;
import dev.reprise.restart.RestartGroup;
import dev.reprise.restart.RestartStatus;
import dev.reprise.restart.Samples;
import dev.reprise.restart.WorkloadGateway.Reading;
import dev.reprise.workload.WorkloadKind;
import dev.reprise.workload.WorkloadRef;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
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
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What callers may see and do. */
@WebTest
@ResourceLock(Resources.SYSTEM_OUT)
@ExtendWith(OutputCaptureExtension.class)
class AccessTests {

  private static final String RESTARTS = "/namespaces/demo/restarts";
  private static final String WORKLOADS = "/namespaces/demo/workloads";

  @Autowired private MockMvcTester mvc;
  @Autowired private FakeRestarts store;
  @Autowired private FakeWorkloads workloads;
  @Autowired private FakeReviews reviews;

  @BeforeEach
  void mayRestartOneDeployment() {
    store.reset();
    workloads.reset();
    reviews.reset();
    workloads.put(Samples.deployment(3));
    workloads.put(Samples.rollout(3));
    store.put(Samples.key("web-1"), Samples.spec(Samples.WEB), RestartStatus.NEW);
    store.put(Samples.key("canary-1"), Samples.spec(Samples.CANARY), RestartStatus.NEW);
    reviews.denyAll();
    reviews.allow("restart", Samples.WEB);
  }

  @AfterEach
  void mayEverythingAgain() {
    reviews.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {RESTARTS + "/web-1", WORKLOADS + "/deployment/web"})
  void showsWhatMayBeRestarted(String path) {
    assertThat(get(path)).hasStatusOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RESTARTS + "/canary-1",
        RESTARTS + "/canary-1/events",
        RESTARTS + "/canary-1/result",
        WORKLOADS + "/rollout/canary"
      })
  void showsNothingElse(String path) {
    assertProblem(get(path), 403, "Forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        RESTARTS + "/nowhere",
        RESTARTS + "/nowhere/events",
        RESTARTS + "/nowhere/result",
        WORKLOADS + "/rollout/nowhere"
      })
  void tellsNobodyThatThereIsNone(String path) {
    MvcTestResult missing = get(path);

    assertProblem(missing, 403, "Forbidden");
    assertThat(Answers.text(missing, "$.detail").replace("nowhere", "canary"))
        .isEqualTo(
            Answers.text(get(path.replace("nowhere", "canary")), "$.detail")
                .replace("canary-1", "canary"));
  }

  @Test
  void tellsWhoMaySeeAllThatThereIsNone() {
    for (WorkloadKind kind : WorkloadKind.values()) {
      reviews.allow("restart", kind, "demo");
    }

    assertProblem(get(RESTARTS + "/nowhere"), 404, "RestartNotFound");
  }

  @Test
  void tellsWhoMayRestartItThatThereIsNone() {
    workloads.delete(Samples.WEB);

    assertProblem(get(WORKLOADS + "/deployment/web"), 404, "WorkloadNotFound");
    assertProblem(
        post(RESTARTS, "{\"kind\": \"Deployment\", \"name\": \"web\"}"), 404, "WorkloadNotFound");
  }

  @Test
  void putsOnRecordWhoWasDenied(CapturedOutput output) {
    get(RESTARTS + "/canary-1");

    assertThat(output.getAll().lines().filter(line -> line.contains("was denied")))
        .singleElement()
        .asString()
        .contains(" audit ", "user=\"", "may not see the restart canary-1");
  }

  @Test
  void restartsNothingElse() {
    String canary = "{\"kind\": \"Rollout\", \"name\": \"canary\"}";

    assertProblem(post(RESTARTS, canary), 403, "Forbidden");
    assertProblem(post(RESTARTS + "?dryRun=All", canary), 403, "Forbidden");
    assertProblem(post(RESTARTS + "/canary-1/cancel", ""), 403, "Forbidden");
    assertThat(store.everything()).hasSize(2).noneMatch(restart -> restart.isToBeCancelled());
  }

  @Test
  void listsNothingElse() {
    assertThat(get(RESTARTS))
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly("web-1");
    assertThat(get("/restarts"))
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly("web-1");
    assertThat(get(WORKLOADS))
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly("web");
  }

  @Test
  void fillsPagesWithWhatMayBeSeen() {
    store.put(Samples.key("canary-2"), Samples.spec(Samples.CANARY), RestartStatus.NEW);
    store.put(Samples.key("web-2"), Samples.spec(Samples.WEB), RestartStatus.NEW);

    MvcTestResult first = get(RESTARTS + "?limit=1");
    MvcTestResult second = get(RESTARTS + "?limit=1&continue=" + Answers.text(first, "$.continue"));

    assertThat(first)
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly("web-1");
    assertThat(second)
        .bodyJson()
        .extractingPath("$.items[*].name")
        .asArray()
        .containsExactly("web-2");
    assertThat(second).bodyJson().doesNotHavePath("$.continue");
  }

  @Test
  void answersAlikeWhetherANamespaceExists() {
    reviews.denyAll();
    MvcTestResult present = get(WORKLOADS);
    MvcTestResult group = post(RESTARTS, "{\"all\": true}");
    workloads.reset();
    workloads.missing(new Reading.NoSuchNamespace());

    assertProblem(get(WORKLOADS), 403, "Forbidden");
    assertThat(Answers.body(get(WORKLOADS))).isEqualTo(Answers.body(present));
    assertThat(Answers.body(post(RESTARTS, "{\"all\": true}"))).isEqualTo(Answers.body(group));
    assertProblem(group, 403, "Forbidden");
  }

  @Test
  void leavesOutOfAGroupWhatTheCallerDoesNotKnowOf() {
    MvcTestResult answer =
        post(RESTARTS + "?dryRun=All", "{\"all\": true, \"whenBusy\": \"Wait\"}");

    assertThat(answer)
        .bodyJson()
        .extractingPath("$.members[*].name")
        .asArray()
        .containsExactly("web");
    assertThat(answer).bodyText().doesNotContain("canary");
  }

  @Test
  void refusesAGroupForWhatTheCallerMayOnlyRead() {
    reviews.allow("get", Samples.CANARY);

    MvcTestResult answer = post(RESTARTS, "{\"all\": true, \"whenBusy\": \"Wait\"}");

    assertProblem(answer, 422, "MembersRefused");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.refused[*].name")
        .asArray()
        .containsExactly("canary");
    assertThat(answer)
        .bodyJson()
        .extractingPath("$.refused[*].code")
        .asArray()
        .containsExactly("Forbidden");
  }

  @Test
  void tellsNoLongerOfTheGroupOfAKeyWhoseMembersMayNotBeRestartedAnyMore() {
    assertThat(postAllWithKey()).hasStatus(202);
    choose(Samples.WEB);
    assertThat(postAllWithKey()).hasStatus(202);
    reviews.denyAll();

    assertProblem(postAllWithKey(), 403, "Forbidden");
  }

  private MvcTestResult postAllWithKey() {
    return mvc.post()
        .uri(RESTARTS)
        .contentType("application/json")
        .header("Idempotency-Key", "once")
        .content("{\"all\": true, \"whenBusy\": \"Wait\"}")
        .exchange();
  }

  /** As the leader would. */
  private void choose(WorkloadRef member) {
    RestartGroup group = store.groups().getFirst();
    store.updateStatus(
        group,
        GroupStatus.NEW.begun(
            List.of(group.member(member, List.of())), List.of(), HandClock.START));
  }

  @Test
  void isUnavailableWhenNobodySaysWhatACallerMayDo() {
    reviews.fail(new ClusterUnavailable("No answer", false, null, null));

    assertProblem(get(RESTARTS), 503, "ClusterUnavailable");
    assertProblem(
        post(RESTARTS, "{\"kind\": \"Deployment\", \"name\": \"web\"}"), 503, "ClusterUnavailable");
  }

  private MvcTestResult get(String uri) {
    return mvc.get().uri(uri).exchange();
  }

  private MvcTestResult post(String uri, String body) {
    return mvc.post().uri(uri).contentType("application/json").content(body).exchange();
  }
}
